# The command `kg` in an image; on its own it serves the store that is mounted at /home/kg/store.

FROM python:3.13-slim AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --wheel-dir /wheels .

FROM python:3.13-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links=/wheels treatygraph
RUN useradd --create-home --uid 10001 kg
USER kg
WORKDIR /home/kg
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health', timeout=8)"]
ENTRYPOINT ["kg"]
CMD ["serve", "--host", "0.0.0.0"]
