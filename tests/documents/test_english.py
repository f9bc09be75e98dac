"""English is read, however short; other languages are refused when that is sure."""

from __future__ import annotations

import pytest

from kg.documents.english import other_language


@pytest.mark.parametrize(
    "text",
    [
        "Pact signed",
        "Holm visits Klow.",
        "Anna Holm, Igor Plek, Klow, Strelsau, Zenda",
        "Ruritania, Borduria sign transit memorandum",
        "The ministers met in Klow and signed the treaty.",
        "1961 2000 2001",
        "",
    ],
)
def test_english_and_names_pass(text: str) -> None:
    assert other_language(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Minister beider Länder haben am Montag in der Hauptstadt einen Vertrag über die Fischerei unterzeichnet.", "de"),
        ("Les ministres des deux pays ont signé lundi dans la capitale un traité sur la pêche dans le lac.", "fr"),
        ("Los ministros de los dos países firmaron el lunes en la capital un tratado sobre la pesca en el lago.", "es"),
        ("Министры двух стран подписали в понедельник договор о рыболовстве на озере.", "ru"),
        ("两国部长星期一在首都签署了关于湖泊捕鱼的条约。", "zh"),
    ],
)
def test_other_languages_are_named(text: str, language: str) -> None:
    assert other_language(text) == language
