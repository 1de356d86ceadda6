"""The words that choices are made of, what ratios are of, and the areas that rules belong to."""

from __future__ import annotations

from dure.kernel.words import Promise, pgettext_lazy
from dure.kernel.words import gettext_lazy as _

CHOICES: dict[str, str | Promise] = {
    "account_number": _("account number"),
    "adult_guardianship": _("adult guardianship"),
    "alien_number": _("alien registration number"),
    "audit_report": _("auditor's report"),
    "biometrics": _("biometric data"),
    "board": _("board"),
    "books": _("account books"),
    "bulletin": _("election bulletin"),
    "business_not_used": _("business not used for the period of the bylaws"),
    "business_report": _("report on the business done"),
    "birth": _("birth"),
    "bylaw_reason": _("a reason of the bylaws"),
    "bylaws": _("bylaws and rules"),
    "bylaws_change": _("change of the bylaws"),
    "capital_reduction": _("gains and losses on capital reduction"),
    "card_number": _("card number"),
    "chair": _("chair"),
    "cohabiting_family": _("family living together"),
    "corporate_bond": _("corporate bond"),
    "commissioned_budget": _("budget of commissioned work"),
    "continuation": _("continuation"),
    "creditor": _("creditor"),
    "death": _("death"),
    "deposit": _("deposit"),
    "directors_present": _("directors present"),
    "disaster": _("disaster"),
    "dissolution": _("dissolution"),
    "dissolution_of_member": _("dissolution of the member body"),
    "division": _("division"),
    "driver_licence": _("driver's licence number"),
    "duties_not_met": _("shares, dues or other duties not met"),
    "delegates_meeting": _("delegates' meeting"),
    "e_signed": _("signed electronically"),
    "expenditure": _("spending"),
    "expulsion": _("expulsion of a member"),
    "federation": _("federation above"),
    "general_meeting": _("general meeting"),
    "hearing": _("hearing of groups outside"),
    "illness": _("illness"),
    "impaired": _("net assets below paid-in capital"),
    "insolvent": _("debts above all assets"),
    "investment_fund": _("investment fund"),
    "items": _("items"),
    "joint_speeches": _("joint speeches or a public debate"),
    "leaflet": _("leaflet"),
    "loss_of_eligibility": _("loss of eligibility"),
    "losses": _("covering losses"),
    "marriage": _("marriage"),
    "meeting_activity": _("activity of meetings and board"),
    "member": _("member"),
    "member_register": _("register of members"),
    "merger": _("merger"),
    "minutes": _("minutes"),
    "non_profit": _("non-profit or public-interest corporation"),
    "officers": _("election and removal of officers"),
    "other_event": _("another event"),
    "other_income": _("other income"),
    "paid_in": _("paid-in amount"),
    "passport": _("passport number"),
    "period": _("period"),
    "other_security": _("another security"),
    "outside_intrusion": _("intrusion from outside"),
    "phone_menu": _("by telephone menu (ARS)"),
    "plan_and_budget": _("plan and budget"),
    "poster": _("poster"),
    "preferred_shares": _("preferred shares in another co-operative"),
    "property_list": _("list of property"),
    "public_bond": _("government and public bond"),
    "purpose": _("purpose"),
    "qualification_committee": _("qualification committee"),
    "recorded_call": _("recorded call"),
    "right_to_refuse": _("right to refuse, and what follows"),
    "rrn": _("resident registration number"),
    "rules_change": _("making and change of rules"),
    "secretariat": _("secretariat"),
    "sensitive": _("sensitive data (beliefs, unions, health)"),
    "service_supply": _("services given"),
    "settlement": _("settlement of accounts"),
    "share_of_assets": _("share of the assets at the end of the fiscal year"),
    "share_refund": _("refund of a leaver's shares"),
    "similar_social_cooperative": _("social co-operative of like purpose"),
    "steering_committee": _("steering committee"),
    "staff_count": _("people employed"),
    "suspension": _("suspension of business"),
    "stock": _("shares of a company"),
    "survey": _("survey among the members"),
    "telephone": _("telephone, message or e-mail"),
    "treasury": _("state treasury"),
    "wages": _("wages"),
    "workshop": _("workshop on a topic"),
    "unemployment": _("loss of work"),
    "unique": _("unique identifiers (passport and such numbers)"),
    "written": _("in writing"),
}
WHOLES: dict[str, str | Promise] = {
    "all_members": _("all members"),
    "board_members": _("members of the board"),
    "cast": _("votes cast"),
    "consenting_founders": _("those who consented to the founding"),
    "directors": _("directors"),
    "dividends": _("all dividends"),
    "founders_present": _("consenting founders present"),
    "loan_rate": _("loan rate"),
    "officers": _("all officers"),
    "outstanding": _("principal that is left"),
    "own_shares": _("the member's own paid-in shares"),
    "paid_in_capital": _("total of paid-in shares"),
    "present": _("those present"),
    "seats": _("all seats"),
    "surplus": _("surplus of the year"),
    "valid": _("valid votes"),
    "whole_business": _("all business done"),
    "year": _("a year"),
}
AREAS: dict[str, str | Promise] = {
    "access": _("Accounts"),
    "admission": _("Admission"),
    "agenda": pgettext_lazy("area of rules", "Issues"),
    "audit": _("Audit"),
    "board": _("Board"),
    "bodies": _("Bodies and meetings"),
    "books": _("Books"),
    "breach": _("Breach of personal data"),
    "business": _("Business"),
    "bylaws": _("Change of the bylaws"),
    "conduct": _("Conduct"),
    "debit": _("Direct debit"),
    "delegates": _("Delegates"),
    "disclosure": _("Disclosure"),
    "dissolution": _("Dissolution"),
    "dividends": _("Dividends"),
    "dues": pgettext_lazy("area of rules", "Dues"),
    "elections": _("Elections"),
    "ethics": _("Ethics code"),
    "expenditure": _("spending"),
    "expulsion": _("Expulsion"),
    "founding": _("Founding"),
    "funds": pgettext_lazy("area of rules", "Funds"),
    "ledger": pgettext_lazy("area of rules", "Books"),
    "loans": _("Small loans"),
    "losses": _("Losses"),
    "meetings": _("General meeting"),
    "minutes": pgettext_lazy("area of rules", "Minutes"),
    "mutual_aid": _("Mutual aid"),
    "officers": pgettext_lazy("area of rules", "Officers"),
    "other": pgettext_lazy("area of rules", "Other"),
    "papers": _("Papers issued"),
    "penalties": _("Penalties"),
    "periods": pgettext_lazy("area of rules", "Periods"),
    "privacy": _("Personal data"),
    "property": _("Property"),
    "records": _("Records"),
    "refund": _("Refund"),
    "registration": _("Registration"),
    "reserves": _("Reserves"),
    "retention": _("Keeping and destruction"),
    "review": _("Review of qualification"),
    "shares": pgettext_lazy("area of rules", "Shares"),
    "staff_count": _("people employed"),
    "suspension": _("Suspension"),
    "trade": _("Mutual trade"),
    "votes": _("Votes"),
    "warning": _("Warning"),
    "withdrawal": _("Withdrawal"),
}


def choice_label(choice: str) -> str:
    """A choice in words; as it was typed where it is a network's own."""
    return str(CHOICES.get(choice, choice))


def whole_label(whole: str) -> str:
    """What a ratio is of, in words; as it was typed where it is a network's own."""
    return str(WHOLES.get(whole, whole))


def area_of(key: str) -> str:
    """The area of a rule: the part of its key before the dot."""
    return key.partition(".")[0]


def areas() -> list[tuple[str, str]]:
    """Every area with its word, by the word; whatever is none of them comes last."""
    first = {str(word): area for area, word in reversed(AREAS.items())}  # two may share a word
    return [(first[word], word) for word in sorted(first, key=lambda w: (first[w] == "other", w))]


def area_label(area: str) -> str:
    """An area in words; as it is where it is a network's own."""
    return str(AREAS.get(area, area))
