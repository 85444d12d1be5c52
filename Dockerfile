# syntax=docker/dockerfile:1
FROM python:3.11-slim

# Linux 上默认索引给的是 CUDA 版 torch；构建时用 --build-arg QA_TORCH_INDEX_URL=… 换成 CPU 版的索引
ARG QA_TORCH_INDEX_URL=
ENV QA_VENV=/opt/venv \
    PATH=/opt/venv/bin:$PATH \
    PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1

WORKDIR /app
# 与 scripts/run 同一个安装步骤；先放决定依赖的文件，代码改了不必重装依赖
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY scripts/install scripts/install
COPY qa_service/__init__.py qa_service/__init__.py
COPY corpus/plan corpus/plan
RUN QA_TORCH_INDEX_URL=$QA_TORCH_INDEX_URL ./scripts/install

COPY . .
RUN useradd --system --uid 10001 --home-dir /app qa \
    && qa-service build \
    && mkdir -p var corpus/imported && chown -R qa index var corpus/imported
USER qa

# QA_WORKERS 按核数设（docker run -e QA_WORKERS=2）；日志写到标准错误，一行一个 JSON
ENV QA_HOST=0.0.0.0 QA_PORT=8000 QA_LOG_FORMAT=json
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ['QA_PORT']}/readyz\", timeout=2)"]
CMD ["qa-service", "serve"]
