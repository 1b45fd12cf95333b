# One image per house, with that house's code and the plumbing, and nothing of its neighbours.
#   docker build -f deploy/containers/house.Dockerfile --build-arg HOUSE=registry -t lumbung-registry .
# REQUIREMENTS: a house that turns no words into codes needs no scientific stack, and only matching needs plan.txt.
# BASE: `make images` brings its own.
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE} AS wheels
ARG REQUIREMENTS="house.txt words.txt"
WORKDIR /build
COPY requirements/house.txt requirements/words.txt requirements/plan.txt deploy/containers/install.sh ./
# The names of the files are words of their own.
# hadolint ignore=SC2086
RUN sh install.sh ${REQUIREMENTS}

FROM ${BASE}
ARG HOUSE
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    LUMBUNG_ENV=production HTTP_HOST=0.0.0.0 WORK_PORT=9100 \
    OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
# A new volume takes the owner of the folder that it is put over: here matching keeps its models.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin lumbung \
    && install -d -o lumbung -g lumbung -m 0700 /var/lib/lumbung/models
WORKDIR /app
COPY --from=wheels /venv /venv
COPY shared/ shared/
COPY services/__init__.py services/
COPY services/${HOUSE}/ services/${HOUSE}/
COPY deploy/data/ deploy/data/
USER 10001
# The compose file names the command (web or work) and its health check; the same commands run on a laptop.
CMD ["python", "-c", "print('Name a command: python -m services.<house> web | work')"]
