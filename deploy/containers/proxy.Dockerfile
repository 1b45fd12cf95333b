# The proxy in front of all houses. docker build -f deploy/containers/proxy.Dockerfile -t lumbung-proxy .
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE} AS wheels
WORKDIR /build
COPY requirements/proxy.txt deploy/containers/install.sh ./
RUN sh install.sh proxy.txt

FROM ${BASE}
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin lumbung
WORKDIR /app
COPY --from=wheels /venv /venv
COPY deploy/__init__.py deploy/
COPY deploy/proxy/ deploy/proxy/
USER 10001
CMD ["python", "-m", "deploy.proxy"]
