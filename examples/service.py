"""A service for two policies: run it, and open http://127.0.0.1:8000/rules/api in a browser."""

import fastapi
import uvicorn

import fupin_rules as fr
from fupin_rules.web import router

app = fastapi.FastAPI(title="policy assessment", docs_url=None, redoc_url=None)
app.include_router(router([fr.load_policy("yucheng-2016"), fr.load_policy("exit-2016")]), prefix="/rules")

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
