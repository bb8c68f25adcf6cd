//! Each broken server fails exactly its own rules.

use std::collections::BTreeSet;

use deskport_conformance::{CheckOptions, Silent, check};

use crate::correct::{broken, options, with_everything};
use crate::reference::{Behavior, Fault, Server};

/// Judges a server with `fault`. It must fail `own` in both variants (an id with a variant before it: in that one),
/// may fail `also`, and nothing else.
async fn assert_fails(fault: Fault, own: &[&str], also: &[&str]) {
    assert_fails_with(fault, own, also, false).await;
}

async fn assert_fails_with(fault: Fault, own: &[&str], also: &[&str], everything: bool) {
    let server =
        Server::start(Behavior { faults: vec![fault], verifies: everything, ..Behavior::default() }).await;
    let options: CheckOptions = if everything { with_everything(&server) } else { options(&server) };
    let report = check(&options, &Silent).await.unwrap();
    let failed: BTreeSet<String> = report.failures().map(deskport_conformance::Finding::id).collect();
    let wanted = ids(own);
    let allowed: BTreeSet<String> = wanted.union(&ids(also)).cloned().collect();
    assert!(
        wanted.is_subset(&failed) && failed.is_subset(&allowed),
        "{fault:?} wanted {wanted:?}: {:#?}",
        broken(&report)
    );
}

fn ids(rules: &[&str]) -> BTreeSet<String> {
    let both = |rule: &&str| match rule.split('-').next() {
        Some("R" | "P") => vec![(*rule).to_owned()],
        _ if ONCE.contains(rule) => vec![(*rule).to_owned()],
        _ => vec![format!("R-{rule}"), format!("P-{rule}")],
    };
    rules.iter().flat_map(both).collect()
}

const ONCE: [&str; 5] = ["TOK-08", "TOK-09", "TOK-10", "TOK-11", "TOK-12"];

macro_rules! mutations {
    ($($name:ident: $fault:ident fails [$($own:expr),* $(,)?] $(, perhaps [$($also:expr),*])?;)*) => {
        $(
            #[tokio::test]
            async fn $name() {
                assert_fails(Fault::$fault, &[$($own),*], &[$($($also),*)?]).await;
            }
        )*
    };
}

mutations! {
    no_idempotency: NoIdempotency fails ["IDE-01", "IDE-02", "IDE-03", "IDE-04", "IDE-05", "IDE-06", "IDE-09"], perhaps ["IDE-07"];
    idempotency_that_races: RacyIdempotency fails ["IDE-04", "IDE-05", "IDE-06"], perhaps ["IDE-07"];
    a_repeat_is_a_conflict: RepeatIsConflict fails ["IDE-08"];
    one_space_for_all_object_ids: OneObjectIdSpace fails ["IDE-10"];
    the_handover_is_dropped: DropsHandover fails ["HND-02"];
    an_absent_assignee_is_null: AbsentAssigneeIsNull fails ["HND-03"];
    an_absent_title_is_null: AbsentTitleIsNull fails ["UPD-04"];
    bare_in_p: BareInP fails ["P-AGT-01", "P-USR-05", "P-USR-08", "P-CNV-03", "P-MSG-02", "P-UPD-01"];
    wrapped_in_r: WrappedInR fails [
        "R-AGT-01", "R-USR-02", "R-USR-05", "R-USR-08", "R-CNV-03", "R-MSG-02", "R-MSG-03", "R-UPD-01"
    ];
    html_is_passed_through: PassesHtmlThrough fails ["HTM-12", "HTM-13", "HTM-14", "HTM-15"];
    html_is_escaped_twice: EscapesTwice fails ["HTM-10"];
    entities_are_escaped_twice: EscapesEntitiesTwice fails ["HTM-10"], perhaps ["HTM-03"];
    all_tags_are_stripped: StripsAllTags fails [
        "HTM-01", "HTM-02", "HTM-03", "HTM-04", "HTM-05", "HTM-06", "HTM-07", "HTM-08", "HTM-09"
    ];
    bold_is_stripped: StripsBold fails ["HTM-02"];
    handlers_are_kept: KeepsHandlers fails ["HTM-13"];
    script_addresses_are_kept: KeepsScriptAddresses fails ["HTM-14"];
    broken_html_is_refused: RefusesBrokenHtml fails ["HTM-17"];
    emoji_are_lost: LosesEmoji fails ["HTM-11"];
    after_is_inclusive: AfterIsInclusive fails ["AFT-02"];
    an_unknown_after_is_an_error: UnknownAfterIsError fails ["AFT-05"];
    an_unknown_after_is_empty: UnknownAfterIsEmpty fails ["AFT-05", "AFT-06"];
    order_by_created_at: OrdersByCreatedAt fails ["R-AFT-04"], perhaps ["R-AFT-07"];
    newest_first: NewestFirst fails ["MSG-11"], perhaps ["AFT-07"];
    errors_with_200: ErrorsWith200 fails ["ERR-01", "ERR-02", "ERR-03", "ERR-06"];
    no_token_check: NoTokenCheck fails ["TOK-02", "TOK-03", "TOK-04", "TOK-05"];
    naive_tokens: NaiveTokens fails ["TOK-03", "TOK-05"];
    an_expired_token_is_accepted: ExpiredTokenAccepted fails ["TOK-05"];
    tokens_are_refused_with_500: RefusesTokensWith500 fails ["TOK-02", "TOK-03", "TOK-04", "TOK-05"];
    one_endpoint_is_open: OneOpenEndpoint fails ["TOK-04"];
    user_attributes_are_dropped: DropsUserAttributes fails ["USR-07", "P-USR-10", "P-UPD-11"];
    conversation_attributes_are_dropped: DropsConversationAttributes fails ["CNV-08", "UPD-08"];
    authors_are_not_written_out: AuthorNotWrittenOut fails ["MSG-08"];
    authors_are_ids: AuthorAsId fails ["MSG-07"];
    no_visibility: NoVisibility fails ["MSG-05"];
    private_turns_public: PrivateTurnsPublic fails ["MSG-06"];
    moments_without_zone: MomentsWithoutZone fails ["TIM-02"];
    moments_as_numbers: MomentsAsNumbers fails ["TIM-01"];
    camel_case: CamelCase fails ["FMT-02"];
    numeric_ids: NumericIds fails ["FMT-03"];
    dashed_user_types: DashedUserTypes fails ["FMT-04", "FMT-05", "MSG-07"];
    empty_attributes_as_a_list: EmptyAttributesAsList fails ["FMT-06"];
    unknown_members_are_refused: RefusesUnknownMembers fails ["TOL-01"];
    null_names_are_refused: RefusesNullName fails ["USR-04"];
    null_titles_are_refused: RefusesNullTitle fails ["CNV-07"];
    null_in_place_of_attachments: AttachmentsNull fails ["ATT-02"];
    attachments_alone_are_refused: RefusesAttachmentsOnly fails ["ATT-03", "P-ATT-04"];
    filenames_are_dropped: DropsFilenames fails ["ATT-01"];
    empty_messages_are_accepted: AcceptsEmptyMessages fails ["EMP-01"];
    messages_get_lost_at_once: LosesMessagesAtOnce fails ["MSG-13"];
    the_first_message_is_doubled: DoublesFirstMessage fails ["CNV-09"];
    no_id_of_the_first_message: NoFirstMessageId fails ["CNV-02"];
    wrong_content_type: WrongContentType fails ["FMT-01"];
    a_title_stays_on_null: TitleStaysOnNull fails ["UPD-03"];
    tags_are_merged: MergesTags fails ["UPD-06"];
    pages_of_fifty: PagesAtFifty fails ["LIM-01"];
    agent_ids_change: RandomAgentIds fails ["AGT-05"];
    no_agents: NoAgents fails ["AGT-02"];
    the_other_variants_alias: WrongAlias fails ["AGT-04"];
    ended_is_unknown: NoEnded fails ["UPD-07"];
    no_messages_after_the_handover: RefusesMessagesAfterHandover fails ["HND-05"];
    nonsense_is_a_failure: FailsOnNonsense fails ["ERR-06"];
    unknown_is_forbidden: ForbidsUnknown fails ["ERR-04"];
    errors_show_the_inside: ShowsItsInside fails ["ERR-08"];
    users_cannot_be_created: CannotCreateUsers fails ["USR-01"];
    conversations_are_mixed: MixesConversations fails ["MSG-12"], perhaps ["CNV-09", "MSG-04", "AFT-07", "IDE-02", "IDE-05"];
    an_update_answers_the_old_state: UpdateAnswersOldState fails ["UPD-13"];
    the_user_is_an_id: UserAsId fails ["CNV-05"];
}

#[tokio::test]
async fn any_secret_brings_a_token() {
    assert_fails_with(Fault::AnySecretBringsToken, &["TOK-11"], &[], true).await;
}

#[tokio::test]
async fn a_signature_is_ignored() {
    assert_fails_with(Fault::IgnoresSignature, &["SIG-02", "SIG-03", "SIG-04"], &[], true).await;
}

#[tokio::test]
async fn a_stale_signature_is_accepted() {
    assert_fails_with(Fault::StaleSignatureAccepted, &["SIG-04"], &[], true).await;
}

#[tokio::test]
async fn a_reprinted_body_is_verified() {
    assert_fails_with(Fault::VerifiesReprintedBody, &["SIG-01"], &[], true).await;
}
