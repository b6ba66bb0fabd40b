"""The ASGI application: all endpoints and the middleware."""

from __future__ import annotations

from types import ModuleType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException

from acquis.web.api import (
    action_lists,
    actions,
    attendance,
    caption_push,
    captions,
    checkpoints,
    claiming,
    floor_feed,
    joining,
    openapi,
    operations,
    opportunities,
    record_files,
    reference_data,
    reports,
    schedules,
    session_data,
    signing_in,
)
from acquis.web.api import (
    followup as followup_files,
)
from acquis.web.http import static
from acquis.web.http.application import Application
from acquis.web.http.endpoint import Endpoint, endpoints_of
from acquis.web.http.middleware import CompressionMiddleware, SecurityMiddleware, http_problem
from acquis.web.live import endpoints as live
from acquis.web.pages.answer import page as answer
from acquis.web.pages.captions import page as captions_page
from acquis.web.pages.captions import transcript as captions_transcript
from acquis.web.pages.carried import page as carried
from acquis.web.pages.check import page as check
from acquis.web.pages.console import page as console
from acquis.web.pages.contributions import page as contributions
from acquis.web.pages.desk import page as desk
from acquis.web.pages.desk import proposals, publishing
from acquis.web.pages.desk import saving as desk_saving
from acquis.web.pages.device import page as device
from acquis.web.pages.elsewhere import page as elsewhere
from acquis.web.pages.embed import page as embed
from acquis.web.pages.erase import page as erase
from acquis.web.pages.floor import page as floor
from acquis.web.pages.followup import asking, same_calls
from acquis.web.pages.followup import page as followup
from acquis.web.pages.gathering import messages as gathering_messages
from acquis.web.pages.gathering import page as gathering
from acquis.web.pages.handout import page as handout
from acquis.web.pages.home import page as home
from acquis.web.pages.inputs import page as inputs
from acquis.web.pages.invitation import page as invitation
from acquis.web.pages.join_queue import page as join_queue
from acquis.web.pages.lists import page as lists
from acquis.web.pages.map import page as opinion_map
from acquis.web.pages.meetings import page as meetings
from acquis.web.pages.messages import page as messages
from acquis.web.pages.mine import ballot
from acquis.web.pages.mine import page as mine
from acquis.web.pages.note import page as note
from acquis.web.pages.organize import action_lists as organize_lists
from acquis.web.pages.organize import page as organize
from acquis.web.pages.organize import procedure as organize_procedure
from acquis.web.pages.organize import schedule as organize_schedule
from acquis.web.pages.organizers import page as organizers
from acquis.web.pages.overlay import page as overlay
from acquis.web.pages.people import page as people
from acquis.web.pages.plan import copies, passes
from acquis.web.pages.plan import page as plan
from acquis.web.pages.plan import saving as plan_saving
from acquis.web.pages.questions import page as questions
from acquis.web.pages.receipts import page as receipts
from acquis.web.pages.record import audit, entry, proof, versions
from acquis.web.pages.record import page as record
from acquis.web.pages.reference import page as reference
from acquis.web.pages.series import page as series
from acquis.web.pages.signed_in import page as signed_in
from acquis.web.pages.speakers import page as speakers
from acquis.web.pages.stage import page as stage
from acquis.web.pages.status import page as status
from acquis.web.pages.synthesis import page as synthesis
from acquis.web.pages.take_part import page as take_part
from acquis.web.pages.vote import page as vote

PAGES: tuple[ModuleType, ...] = (
    home, organize, organizers, status, signed_in, plan, plan_saving, passes, copies, floor, join_queue, device,
    speakers, questions, lists, vote, opinion_map, people, console, stage, overlay, embed, captions_page,
    captions_transcript, contributions, messages, desk, desk_saving, proposals, publishing, elsewhere, mine, ballot,
    meetings, erase, receipts, check, record, versions, audit, inputs, entry, proof, followup, asking, same_calls,
    answer, series, carried, gathering, gathering_messages, organize_schedule, organize_procedure, organize_lists,
    synthesis, reference, take_part, handout, invitation, note,
)  # fmt: skip
"""The modules that declare pages. `tests/web/test_declarations.py` finds one that is missing here."""

API: tuple[ModuleType, ...] = (
    actions, attendance, joining, claiming, caption_push, captions, checkpoints, floor_feed, openapi, session_data,
    record_files, followup_files, action_lists, opportunities, reference_data, operations, reports, schedules,
    signing_in,
)  # fmt: skip

ENDPOINTS: tuple[Endpoint, ...] = tuple(endpoints_of((*API, live, *PAGES, static)))
"""All endpoints of the application."""


def create_app(application: Application) -> Starlette:
    """The ASGI application with all routes, for an application object."""
    app = Starlette(routes=[endpoint.route for endpoint in ENDPOINTS], exception_handlers={HTTPException: http_problem})
    app.state.application = application
    app.state.declarations = tuple(endpoint.declaration for endpoint in ENDPOINTS)
    app.state.pages = {endpoint.declaration.name: endpoint for endpoint in ENDPOINTS if endpoint.declaration.comes_back}
    app.add_middleware(CompressionMiddleware)
    app.add_middleware(SecurityMiddleware)
    return app
