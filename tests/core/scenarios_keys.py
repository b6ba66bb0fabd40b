"""What every command does, case by case: witnesses are named."""

from __future__ import annotations

from acquis import events as ev
from acquis.keys import WITNESSES, NameWitness

from .scenarios import DRAFT, PUBLISHED, Cases, no
from .story import OPEN

case = Cases()

KEY = "witness.example+7e81f231+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
OF_A_SERVER = "witness.example+f23e72f6+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
NAMED = ev.WitnessNamed(KEY)

case(PUBLISHED, NameWitness(KEY), NAMED)
case(OPEN, NameWitness(f" {KEY} "), NAMED)
case((*OPEN, ev.SessionClosed()), NameWitness(KEY), NAMED)
case((*OPEN, NAMED), NameWitness(KEY), None)
case(DRAFT, NameWitness(KEY), no("not_published"))
case(OPEN, NameWitness("a witness"), no("not_a_witness_key"))
case(OPEN, NameWitness(KEY.replace("7e", "7f")), no("not_a_witness_key"))
case(OPEN, NameWitness(OF_A_SERVER), no("not_a_witness_key"))
case(OPEN, NameWitness(""), no("text_empty"))
case(OPEN, NameWitness("x" * 201), no("text_too_long", limit=200, length=201))
case((*OPEN, *[ev.WitnessNamed(f"{n}") for n in range(WITNESSES)]), NameWitness(KEY), no("too_many_witnesses", most=20))
