//! The ways out, as the settings want them: to Fin, and to the desk's own system.

use std::sync::Arc;

use deskport_application::{Forwarder, Notifier, TypingHints};
use deskport_ports::{EventTransport, WebhookTransport};
use deskport_transport_reqwest::{
    CallLimits, DeskOptions, DeskTransport, FinOptions, FinTransport, IntegrationId, InvalidUrl, WebhookKey,
    WebhookSecret, WebhookUrl,
};

use super::Opened;
use crate::failure::{Failure, Outcome};
use crate::settings::{Desk, FinTarget, SecretSetting, Settings};
use crate::system::{SystemClock, SystemIds};

/// The ways out that are configured.
pub(crate) struct Webhooks {
    fin: Option<Arc<dyn WebhookTransport>>,
    desk: Option<Arc<dyn EventTransport>>,
}

impl Webhooks {
    /// Puts the ways out together; nothing is sent.
    pub(crate) fn new(settings: &Settings) -> Outcome<Self> {
        let fin = settings.fin.notify.target.as_ref().map(to_fin).transpose()?;
        Ok(Self { fin, desk: to_desk(&settings.desk)? })
    }

    /// What notifies Fin of what waits in this store, if that is configured.
    pub(crate) fn notifier(&self, opened: &Opened) -> Option<Notifier> {
        let (store, transport) = (Arc::clone(&opened.store), Arc::clone(self.fin.as_ref()?));
        Some(Notifier::new(store, Arc::new(SystemClock), Arc::new(SystemIds), transport))
    }

    /// What shows Fin who is typing, if Fin is notified.
    pub(super) fn typing(&self, opened: &Opened) -> Option<TypingHints> {
        let (store, transport) = (Arc::clone(&opened.store), Arc::clone(self.fin.as_ref()?));
        Some(TypingHints::new(store, Arc::new(SystemClock), transport))
    }

    /// What hands events on to the desk's own system, if that is configured.
    pub(super) fn forwarder(&self, opened: &Opened) -> Option<Forwarder> {
        let (store, transport) = (Arc::clone(&opened.store), Arc::clone(self.desk.as_ref()?));
        Some(Forwarder::new(store, Arc::new(SystemClock), Arc::new(SystemIds), transport))
    }
}

fn to_fin(target: &FinTarget) -> Outcome<Arc<dyn WebhookTransport>> {
    let base = match &target.url {
        Some(raw) => url("fin.webhook_url", raw, target.allow_http)?,
        None => WebhookUrl::from(target.region),
    };
    let options = FinOptions {
        base,
        integration: IntegrationId::parse(&target.integration_id)
            .map_err(|error| Failure::in_setting("fin.integration_id", &error))?,
        key: WebhookKey::parse(target.key.reveal())
            .map_err(|error| Failure::in_setting("fin.webhook_key", &error))?,
        limits: CallLimits::default(),
    };
    let transport = FinTransport::new(options, Arc::new(SystemClock));
    Ok(Arc::new(transport.map_err(|error| Failure::while_doing("preparing calls to Fin", &error))?))
}

fn to_desk(desk: &Desk) -> Outcome<Option<Arc<dyn EventTransport>>> {
    let secret = |secret: &SecretSetting| {
        WebhookSecret::parse(secret.reveal())
            .map_err(|error| Failure::in_setting("desk.webhook_secret", &error))
    };
    let (Some(target), Some((first, more))) = (&desk.target, desk.secrets.0.split_first()) else {
        return Ok(None);
    };
    let options = DeskOptions {
        url: url("desk.webhook_url", &target.url, target.allow_http)?,
        secret: secret(first)?,
        more_secrets: more.iter().map(secret).collect::<Outcome<_>>()?,
        limits: CallLimits::default(),
    };
    let transport = DeskTransport::new(options, Arc::new(SystemClock));
    Ok(Some(Arc::new(
        transport.map_err(|error| Failure::while_doing("preparing calls to the desk", &error))?,
    )))
}

/// The error quotes nothing of the URL, which may hold a secret.
fn url(key: &str, raw: &SecretSetting, allow_http: bool) -> Outcome<WebhookUrl> {
    let raw = raw.reveal();
    let parsed = if allow_http { WebhookUrl::parse_insecure(raw) } else { WebhookUrl::parse(raw) };
    parsed.map_err(|error: InvalidUrl| Failure::in_setting(key, &error))
}
