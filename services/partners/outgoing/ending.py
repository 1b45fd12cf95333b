"""An endpoint is given up: its subscription is disabled, and the contact of the partner is told how to go on."""

from services.partners.outgoing import mail
from services.partners.store.notices import Notices
from services.partners.store.organisations import Organisations
from services.partners.store.subscriptions import Subscriptions
from shared import clock
from shared.documents.mongo import Database, Tx
from shared.jobs import Jobs

TEXTS = {
    "GONE": {
        "id": "Alamat tujuan menjawab 410 (sudah tidak ada), jadi langganan ini dihentikan. Tidak ada yang hilang: isi"
        " alamat baru, lalu aktifkan lagi (status ACTIVE); pengiriman berlanjut dari posisi terakhir.",
        "en": "The endpoint answered 410 (gone), so this subscription is disabled. Nothing is lost: give the new"
        " address and set the status to ACTIVE; deliveries go on from the last position.",
    },
    "FAILING": {
        "id": "Alamat tujuan gagal selama lima hari, jadi langganan ini dihentikan. Tidak ada yang hilang: perbaiki"
        " alamatnya, lalu aktifkan lagi (status ACTIVE); pengiriman berlanjut dari posisi terakhir.",
        "en": "The endpoint has failed for five days, so this subscription is disabled. Nothing is lost: mend it and"
        " set the status to ACTIVE; deliveries go on from the last position.",
    },
}


class Ending:
    """Disables subscriptions. `mailing`: there is a mail server that takes the notice."""

    def __init__(self, database: Database, subscriptions: Subscriptions, notices: Notices, *, mailing: bool) -> None:
        self._organisations = Organisations(database)
        self._subscriptions = subscriptions
        self._notices = notices
        self._jobs = Jobs(database)
        self._mailing = mailing

    def disable(self, tx: Tx, id: str, reason: str) -> None:
        """Stop delivering to a subscription that is active, and tell its contact; once."""
        subscription = self._subscriptions.rows.load(id, tx)
        if subscription is None or subscription["status"] != "ACTIVE":
            return
        disabled = {**subscription, "status": "DISABLED", "reason": reason}
        self._subscriptions.rows.change(tx, disabled, type="")
        organisation = self._organisations.rows.load(subscription["organisation_id"], tx)
        if organisation is None:
            return
        notice = self._notices.put(tx, organisation=organisation, code=reason, about=id, text=TEXTS[reason])
        if self._mailing:
            self._jobs.put(tx, mail.KIND, notice, clock.now())
