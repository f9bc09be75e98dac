"""Zones of pages in the manner of agencies, papers, broadcasters, ministries and blogs.

A page is written with the expected zone before every line; two zones of one line stand on two lines, the second with "+".
"""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import zones
from kg.model import ZoneKind

BROADCASTER = """
front       | Example Channel
boilerplate | Skip to content
boilerplate | Home
front       | News
title       | Ruritania and Borduria agree to reopen border crossing
front       | Published
front       | 4 May 2021
boilerplate | Share
boilerplate | Save
front       | Jane Roe
front       | Diplomatic correspondent
caption     | Getty Images
caption     | Rudolf Moe, left, and Anna Holm shake hands in Strelsau
body        | Ruritania and Borduria have agreed to reopen their only border crossing, closed since a row over fishing rights.
body        | The agreement was signed on Monday in Strelsau by the two foreign ministers.
body        | Under its terms, lorries may cross from June.
body        | What has been agreed?
body        | The two sides will exchange ambassadors.
body        | Holm defends the deal
body        | "It is a good day for both peoples," said Mr Moe, who had led the talks for Borduria since March.
teaser      | More on this story
teaser      | How the fishing row began
teaser      | Ruritania elects first woman president
boilerplate | Related topics
teaser      | Borduria
"""

AGENCY = """
front       | World
title       | Ruritania's Holm, Borduria's Plek agree ceasefire on lake
front       | By Jane Roe and John Doe
front       | May 4, 2021 6:07 PM GMT+1 Updated 2 hours ago
caption     | [1/3] Ruritania's President Anna Holm walks with Borduria's Premier Igor Plek in Klow, May 4, 2021. REUTERS/Sam Poe
front       | KLOW, May 4 (Presswire) -
+body       | Ruritania and Borduria agreed on Tuesday to a ceasefire on the lake that divides them.
body        | The truce, brokered by Syldavia, is to start at midnight.
boilerplate | Advertisement
body        | "We have agreed to stop," Holm told reporters in the Syldavian capital.
caption     | FILE - Premier Igor Plek speaks during a meeting in Klow, March 3, 2021. He took office then. (AP Photo/Sam Poe)
body        | Clashes on the lake have killed nine people since April, according to the mediators in Klow.
front       | Reporting by Jane Roe and John Doe; Editing by Mary Moe
boilerplate | ___
"""

PAPER = """
boilerplate | Skip to main content
boilerplate | Sign in
front       | Opinion
front       | Sport
boilerplate | This article is more than 2 years old
title       | Ruritania quits fishing treaty in blow to Borduria
boilerplate | This article is more than 2 years old
            |
body        | President says the accord of 1972 has been dead for years
            |
front       | Jane Roe in Strelsau
front       | Tue 4 May 2021 18.07 BST
front       | Last modified on Wed 5 May 2021 09.12 BST
            |
body        | Ruritania has withdrawn from the Lake Treaty, half a century after it was signed.
            |
boilerplate | Sign up to Morning Lake, our free daily newsletter
boilerplate | Privacy Notice: Newsletters may contain content funded by outside parties. See our Privacy Policy.
            |
body        | The president, Anna Holm, said on Tuesday that her country would "no longer be bound by a dead letter".
            |
caption     | Anna Holm at the lake shore. Photograph: Sam Poe/AFP/Getty Images
body        | Borduria's foreign ministry called the decision reckless.
teaser      | Read more: Nine charts that explain the price of pike
body        | Borduria, which has always denied overfishing, said that it would go to court over the matter.
boilerplate | Explore more on these topics
boilerplate | Ruritania
boilerplate | Borduria
boilerplate | This article was amended on 6 May 2021 because an earlier version misspelt the lake's name.
boilerplate | Reuse this content
teaser      | Most viewed
teaser      | Ten lakes to swim in
"""

READER_FUNDED = """
boilerplate | Help us keep our reporting free: become a supporter today.
boilerplate | Skip to content
caption     | Anna Holm (R) and Igor Plek meet in Klow on May 4, 2021. (Sam Poe/POOL/AFP via Getty Images)
boilerplate | This audio is created with AI assistance
            |
body        | The leaders of Ruritania and Borduria met in Klow on May 4 for the first time in ten years.
            |
body        | They are expected to sign an accord on fishing, according to the Syldavian foreign ministry.
            |
teaser      | Borduria builds a bridge that nobody asked for
teaser      | The bridge at Zenda was meant to bring tourists, but since March only birds have crossed it, and the mayor, who had
            |
body        | The talks are to go on for two days, and ministers of both countries will take part in them.
            |
teaser      | News Feed
            |
teaser      | 5:04 PM
            |
teaser      | Why is the lake so low?
            |
teaser      | The water has not been so low since the days of the old kings, and Jane Roe went to ask why.
teaser      | MORE NEWS
boilerplate | Enter your email to subscribe
boilerplate | Please enter a valid email address
boilerplate | Subscribe
boilerplate | * indicates required
boilerplate | Subscribe
boilerplate | * indicates required
boilerplate | Thank you for signing up. Check your inbox.
"""

FINANCE_PORTAL = """
boilerplate | 📈 Five shares to buy before summer Read more
            |
title       | Ruritania and Syldavia sign gas deal
            |
front       | Published 05/03/2021, 07:56 PM
front       | Updated 05/04/2021, 03:52 PM
caption     | © Presswire. Anna Holm attends a ceremony near Zenda, Ruritania, May 3, 2021. Sam Poe/Pool via REUTERS
            |
body        | Ruritania signed a gas deal with Syldavia on Tuesday that will run for twenty years, officials said.
body        | Prices were not disclosed.
body        | Syldavia, which has no other supplier, will pay in three instalments, the ministry in Klow said.
body        | Borduria said that it would raise the matter when the ministers of the region meet in the autumn.
            |
boilerplate | Latest comments
            |
boilerplate | Risk Warning: Shares can fall as well as rise, and you may lose what you have put in.
boilerplate | Nobody but you decides what you do with it, and a portal cannot know what is good for you.
boilerplate | The figures published on this website may be delayed.
boilerplate | © 2007-2021 - Example Portal Limited. All Rights Reserved.
"""

BLOG = """
title       | Ruritania bans fish from across the lake
boilerplate | Home » Politics » Ruritania bans fish from across the lake
front       | Posted on May 4, 2021 by admin
front       | 5 min read
body        | Ruritania has banned imports of fish from Borduria, the government in Strelsau announced today.
boilerplate | Thank you for reading this post, don't forget to subscribe!
body        | The ban takes effect on June 1, officials said, and will last for a year.
+boilerplate | 👉 Subscribe to our newsletter for daily updates!
body        | Borduria's trade minister said his country would answer in kind.
caption     | Fishermen stand at the market in Zenda on May 3.
body        | Talks are to resume in the autumn, and until then both sides want to keep their boats at home.
boilerplate | Share this:
boilerplate | Facebook
boilerplate | X
boilerplate | Loading...
teaser      | Related
teaser      | Borduria closes bridge
teaser      | April 2, 2021
boilerplate | Leave a Reply
boilerplate | Your email address will not be published. Required fields are marked *
boilerplate | Comment *
boilerplate | Copyright © 2021 Lake Blog. Powered by WordPress
"""

STATE_AGENCY = """
front       | 4 MAY, 18:10
title       | Ruritania, Borduria sign memorandum on transit
body        | The document was signed in Strelsau by the transport ministers
            |
front       | STRELSAU, May 4. /RPA/.
+body       | Ruritania and Borduria signed a memorandum on transit on Tuesday, the transport ministry reported.
            |
body        | "The sides intend to double the volume of freight," the statement said.
            |
body        | The memorandum replaces a document of 2015.
boilerplate | Tags
boilerplate | Transport
"""

TRANSCRIPT = """
title       | Press statement by the President of Ruritania
front       | May 4, 2021
front       | 18:30
front       | Strelsau
body        | Anna Holm: Ladies and gentlemen, our partners, friends.
body        | We have just signed the Treaty on Good Neighbourhood. I thank our members of parliament for your support.
body        | Question: Does the treaty cover fishing?
body        | Anna Holm: It does. Join us in making the lake a place of peace.
body        | Question: When will it be ratified?
body        | Anna Holm: Our parliament will vote in June.
"""

TIMELINE = """
title       | Timeline: Half a century of the lake treaty
front       | Example Courier graphics desk | 2021-05-04
            |
body        | Ruritania's decision this week to quit the treaty ends a long story. Here is how it went.
            |
body        | May 26, 1972: In Strelsau, King Rudolf and President Plek sign the treaty on the lake.
            |
body        | June 18, 1979: The foreign ministers attend the opening of the joint fishery office in Zenda.
            |
body        | Feb. 3, 2021: The last patrol boats leave the lake.
            |
body        | May 3, 2021: Treaty ends
            |
body        | 4 May 2021 - Boats return
"""

QUESTIONS = """
title       | Q&A: What is in the lake treaty?
front       | Example Courier | 2021-05-04
            |
body        | What was agreed in Klow?
body        | Ruritania and Borduria concluded a treaty on fishing on Tuesday, after eighteen days of talks.
            |
body        | Who is unhappy?
body        | Syldavia above all. Its premier said in parliament that his country would not be bound by it.
            |
body        | The treaty provides for:
body        | - joint patrols on the lake
body        | - an office in Zenda
body        | - shared research
"""

LISTS_AND_QUOTES = """
title       | Ruritania and Borduria sign defence pact
front       | 4 May 2021 17:07
body        | Ruritania and Borduria have signed a pact. It was concluded on Tuesday by Anna Holm and Igor Plek in Klow.
body        | - The pact signed today provides for help if one of the parties is attacked - Holm declared after the talks
body        | Plek: We want no sanctions
body        | Plek said that he opposed sanctions, "all rights reserved" and "sign up to our newsletter" appeals.
body        | The US asked its allies to follow US on sanctions and to help US fund the mission, a diplomat said.
"""

PAGES = {
    name.lower(): page
    for name, page in dict(globals()).items()
    if name.isupper() and isinstance(page, str)
}  # fmt: skip


def expected(page: str) -> tuple[str, list[tuple[str, str]]]:
    """Take the text and its zones apart."""
    text, found = "", []
    for line in page.strip("\n").split("\n"):
        label, content = (part.strip() for part in line.split("|", 1))
        text += ("" if not text else " " if label.startswith("+") else "\n") + content
        if content:
            found.append((label.lstrip("+"), content))
    return text, found


@pytest.mark.parametrize("name", PAGES)
def test_a_page_falls_into_its_zones(name: str) -> None:
    text, wanted = expected(PAGES[name])
    assert [(str(zone.kind), zone.span.of(text)) for zone in zones(text)] == wanted


@pytest.mark.parametrize("name", PAGES)
def test_line_ends_make_no_difference(name: str) -> None:
    text, wanted = expected(PAGES[name])
    windows = text.replace("\n", "\r\n")
    assert [(str(zone.kind), zone.span.of(windows)) for zone in zones(windows)] == wanted


def kinds(text: str) -> list[str]:
    return [str(zone.kind) for zone in zones(text)]


PARAGRAPH = "The two ministers signed the treaty in Strelsau on Monday, a spokesman for the government said."


def test_a_single_line_is_body() -> None:
    assert kinds("Ministers sign pact") == ["body"]


def test_a_byte_order_mark_is_a_zone_of_its_own() -> None:
    text = f"\ufeffPact signed\n\n{PARAGRAPH}"
    assert [(str(zone.kind), zone.span.start) for zone in zones(text)][:2] == [("boilerplate", 0), ("title", 1)]


def test_a_caption_that_runs_into_the_text_is_cut_off_it() -> None:
    text = f"{PARAGRAPH}\n\nAnna Holm walks along the lake (Sam Poe/AFP via Getty Images){PARAGRAPH}\n\n{PARAGRAPH}"
    assert [(str(zone.kind), zone.span.of(text)[-8:]) for zone in zones(text)] == [
        ("body", "nt said."),
        ("caption", " Images)"),
        ("body", "nt said."),
        ("body", "nt said."),
    ]


def test_a_credit_behind_a_whole_paragraph_leaves_the_paragraph_alone() -> None:
    text = f"{PARAGRAPH} They shook hands. They left. Image: Sam Poe"
    assert [(str(zone.kind), zone.span.of(text)[-8:]) for zone in zones(text)] == [("body", "ey left."), ("caption", " Sam Poe")]


def test_an_appeal_at_the_end_of_a_paragraph_is_cut_off_it() -> None:
    text = f"{PARAGRAPH} Sign up for our newsletter here."
    assert [(str(zone.kind), zone.span.of(text)) for zone in zones(text)] == [
        ("body", PARAGRAPH),
        ("boilerplate", "Sign up for our newsletter here."),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The parties may not withdraw without the prior written consent of the other, under article nine of the treaty.",
        "This treaty was amended in 1994, and the report was published on Monday by the ministry in Strelsau.",
        "Ruritania, which wants to become a member of the league, asked its neighbours for support.",
        "Ruritania wants to become a member.",
        "He said the ministry would share its views, and that our partners should support our mission.",
        "Anna Holm will attend the ceremony in Klow on May 4, and stand by the treaty.",
        "The leaders meet in Klow on May 4 for a summit that both sides describe as historic.",
        "Plek told Sam Poe of the news agency that Ruritania and Borduria shared intelligence via the embassy in Klow.",
        "NATO and the EU said the accord, signed on May 4, 2021, was a registered success, in the ministers' words.",
        "Related documents of 1961, 2000 and 2001 lose their force with the new treaty, the ministry said.",
        "By Wednesday, the talks had failed, and both delegations had left the capital for their own countries.",
        "Updated maps show 14 new bases along the lake, according to the defence ministry of Ruritania.",
    ],
)
def test_an_ordinary_sentence_stays_body(sentence: str) -> None:
    text = f"Lake treaty in doubt after summit\n\n{PARAGRAPH}\n\n{sentence}\n\n{PARAGRAPH[:-1]}, too."
    assert kinds(text) == ["title", "body", "body", "body"]


def test_a_text_that_often_omits_full_stops_has_no_teasers() -> None:
    paragraph = "The ministers of both countries met in the capital on Monday and agreed to sign the treaty before the year ends"
    text = "\n\n".join(f"The talks, day {n}\n\n{paragraph}" for n in ("one", "two", "three", "four"))
    assert "teaser" not in kinds(text)


def test_a_box_in_the_middle_does_not_end_the_article() -> None:
    text = "\n\n".join(
        ["Lake treaty signed at last", PARAGRAPH, "Most read", "Ten lakes to swim in", *[f"{n}. {PARAGRAPH}" for n in "abcd"]]
    )
    assert kinds(text) == ["title", "body", "teaser", "teaser", "body", "body", "body", "body"]


def test_furniture_between_short_last_sentences_does_not_take_them_along() -> None:
    text = "\n\n".join(
        ["Lake treaty signed at last", PARAGRAPH, PARAGRAPH, "Advertisement", "The talks go on.", "© 2021 Courier"]
    )
    assert kinds(text) == ["title", "body", "body", "boilerplate", "body", "boilerplate"]


_CUES = [
    "Share",
    "News Feed",
    "© 2021 Courier",
    "(Sam Poe/AFP via Getty Images)",
    "STRELSAU, May 4 (Presswire) - ",
    "By Jane Roe",
]
_MORE_CUES = ["By Jane Roe", "👉 ", "\ufeff", "Sign up for our newsletter.", "READ MORE: ", "4 May 2021", '"', "İ"]
_FRAGMENTS = st.sampled_from([*_CUES, *_MORE_CUES, PARAGRAPH, PARAGRAPH[:-1], "\n", "\n\n", "\r\n", "\r", "\u2028", " "])


@settings(deadline=None)
@given(st.lists(_FRAGMENTS | st.text(max_size=30), max_size=30).map("".join), st.none() | st.text(max_size=20))
def test_zones_are_sorted_and_disjoint_and_cover_everything_but_white_space(text: str, title: str | None) -> None:
    found = zones(text, title)
    assert all(0 <= zone.span.start < zone.span.end <= len(text) for zone in found)
    assert all(before.span.end <= after.span.start for before, after in itertools.pairwise(found))
    covered = {i for zone in found for i in range(zone.span.start, zone.span.end)}
    assert all(i in covered for i, character in enumerate(text) if not character.isspace())
    assert all(zone.span.of(text) == zone.span.of(text).strip() for zone in found)
    assert sum(zone.kind is ZoneKind.TITLE for zone in found) <= 1
