//! Each broken server fails exactly its own rules.

use std::collections::BTreeSet;

use deskport_conformance::{Silent, Variant, check};

use crate::correct::{broken, options, with_everything};
use crate::reference::{Behavior, Fault, Server};

/// What the checker is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Given {
    /// A token.
    Token,
    /// Credentials, and the key of a server that verifies signatures.
    Everything,
}

const BOTH_VARIANTS: [Variant; 2] = [Variant::R, Variant::P];

async fn in_both_variants(fault: Fault, own: &[&str], also: &[&str]) {
    assert_fails(fault, Given::Token, &BOTH_VARIANTS, own, also).await;
}

async fn with_all_that_can_be_given(fault: Fault, own: &[&str], also: &[&str]) {
    assert_fails(fault, Given::Everything, &BOTH_VARIANTS, own, also).await;
}

async fn in_variant_p(fault: Fault, own: &[&str], also: &[&str]) {
    assert_fails(fault, Given::Token, &[Variant::P], own, also).await;
}

async fn in_variant_r(fault: Fault, own: &[&str], also: &[&str]) {
    assert_fails(fault, Given::Token, &[Variant::R], own, also).await;
}

/// Judges a server with `fault`. It must fail `own` in each variant (an id with a variant before it: in that one),
/// may fail `also`, and nothing else.
async fn assert_fails(fault: Fault, given: Given, variants: &[Variant], own: &[&str], also: &[&str]) {
    let verifies = given == Given::Everything;
    let server = Server::start(Behavior { faults: vec![fault], verifies, ..Behavior::default() }).await;
    let options = if verifies { with_everything(&server) } else { options(&server) };
    let report = check(&options.with_variants(variants), &Silent).await.unwrap();
    let failed: BTreeSet<String> = report.failures().map(deskport_conformance::Finding::id).collect();
    let wanted = ids(own, variants);
    let allowed: BTreeSet<String> = wanted.union(&ids(also, variants)).cloned().collect();
    assert!(
        wanted.is_subset(&failed) && failed.is_subset(&allowed),
        "{fault:?} wanted {wanted:?}: {:#?}",
        broken(&report)
    );
}

fn ids(rules: &[&str], variants: &[Variant]) -> BTreeSet<String> {
    let each = |rule: &&str| match rule.split('-').next() {
        Some("R" | "P") => vec![(*rule).to_owned()],
        _ if ONCE.contains(rule) => vec![(*rule).to_owned()],
        _ => variants.iter().map(|variant| format!("{variant:?}-{rule}")).collect(),
    };
    rules.iter().flat_map(each).collect()
}

const ONCE: [&str; 5] = ["TOK-08", "TOK-09", "TOK-10", "TOK-11", "TOK-12"];

macro_rules! mutations {
    ($judge:ident $proven:ident: $(
        $name:ident: $fault:ident $(($action:literal))? fails [$($own:expr),* $(,)?] $(, perhaps [$($also:expr),*])?;
    )*) => {
        /// The rules that these servers fail.
        pub(crate) const $proven: &[&[&str]] = &[$(&[$($own),*]),*];
        $(
            #[tokio::test]
            async fn $name() {
                $judge(Fault::$fault $(($action))?, &[$($own),*], &[$($($also),*)?]).await;
            }
        )*
    };
}

mutations! {
    in_both_variants BOTH:
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
    users_cannot_be_created: Lacks("create_user") fails ["USR-01"];
    conversations_are_mixed: MixesConversations fails ["MSG-12"], perhaps ["CNV-09", "MSG-04", "AFT-07", "IDE-02", "IDE-05"];
    an_update_answers_the_old_state: UpdateAnswersOldState fails ["UPD-13"];
    the_user_is_an_id: UserAsId fails ["CNV-05"];
}

mutations! {
    with_all_that_can_be_given EVERYTHING:
    any_secret_brings_a_token: AnySecretBringsToken fails ["TOK-11"];
    a_signature_is_ignored: IgnoresSignature fails ["SIG-02", "SIG-03", "SIG-04"];
    a_stale_signature_is_accepted: StaleSignatureAccepted fails ["SIG-04"];
    a_reprinted_body_is_verified: VerifiesReprintedBody fails ["SIG-01"];
    no_token_endpoint: NoTokenEndpoint fails ["TOK-08"];
    a_token_of_no_type: TokenWithoutType fails ["TOK-09"];
    a_token_of_no_length: TokenWithoutLifetime fails ["TOK-10"];
    one_token_at_a_time: OneTokenAtATime fails ["TOK-12"];
}

// One variant is enough where the fault lies behind what makes them differ.
mutations! {
    in_variant_p P:
    every_token_is_refused: RefusesEveryToken fails ["TOK-01"];
    a_refused_call_cannot_be_repeated: RefusalBurnsObjectId fails ["TOK-06"];
    a_refusal_names_no_scheme: NoChallenge fails ["TOK-07"];
    agents_cannot_be_listed: Lacks("get_agents") fails ["AGT-01"];
    agents_have_no_email: NamelessAgents fails ["AGT-03"];
    users_cannot_be_loaded: Lacks("get_user") fails ["USR-05"];
    users_cannot_be_updated: Lacks("update_user") fails ["USR-07"];
    emails_are_lost: LosesEmail fails ["USR-03"];
    the_last_user_is_loaded: LoadsLastUser fails ["USR-06"];
    conversations_cannot_be_created: Lacks("create_conversation") fails ["CNV-01"];
    conversations_cannot_be_loaded: Lacks("get_conversation") fails ["CNV-03"];
    a_loaded_conversation_has_no_id: LoadedConversationWithoutId fails ["CNV-04"];
    the_first_title_is_lost: LosesFirstTitle fails ["CNV-06"];
    conversations_begin_closed: BeginsClosed fails ["CNV-10"];
    messages_cannot_be_created: Lacks("create_message") fails ["MSG-01"];
    messages_cannot_be_listed: Lacks("get_messages") fails ["MSG-02"];
    messages_have_no_type: NoMessageType fails ["MSG-04"];
    agents_cannot_write: RefusesAgents fails ["MSG-09"];
    late_messages_are_listed_early: ListsByEarlyNumber fails ["AFT-07"];
    a_call_without_answer_is_forgotten: ForgetsUnansweredCalls fails ["IDE-06", "IDE-07"];
    bodies_are_objects: BodiesAsObjects fails ["MSG-10", "FMT-06"];
    a_resolved_conversation_takes_no_messages: RefusesMessagesWhenResolved fails ["MSG-14"];
    the_list_skips_one: AfterSkipsOne fails ["AFT-01"], perhaps ["AFT-04", "AFT-07"];
    nothing_after_the_last_is_an_error: NothingAfterLastIsError fails ["AFT-03"];
    conversations_cannot_be_updated: Lacks("update_conversation") fails ["UPD-01"];
    a_new_title_is_ignored: IgnoresNewTitle fails ["UPD-02"];
    tags_are_ignored: IgnoresTags fails ["UPD-05"];
    nobody_may_have_read_nothing: RefusesNullReadAt fails ["UPD-10"];
    the_assignee_is_an_id: AssigneeAsId fails ["HND-01"];
    a_repeated_handover_is_refused: RefusesRepeatedHandover fails ["HND-04"];
    attachments_are_reversed: ReversesAttachments fails ["ATT-05"];
    comments_are_shown: ShowsComments fails ["HTM-16"];
    the_status_is_a_text: StatusAsText fails ["ERR-05"];
    a_wrong_type_is_a_failure: FailsOnWrongType fails ["ERR-07"];
    visibility_is_required: RequiresVisibility fails ["TOL-02"];
    a_name_is_required: RequiresName fails ["TOL-03"];
    a_charset_is_refused: RefusesCharset fails ["TOL-04"];
    long_messages_are_cut: TruncatesMessages fails ["LIM-02"];
    a_large_request_is_a_failure: FailsOnLargeRequests fails ["LIM-03"];
    an_answer_is_late: AnswersLate fails ["LIM-04"];
    data_and_error_are_both_filled: FillsErrorToo fails ["FMT-07"];
    loads_answer_202: LoadsAnswer202 fails ["STA-01"];
}

mutations! {
    in_variant_r R:
    an_empty_body_is_null: NullForEmptyBody fails ["ATT-06"];
    a_named_conversation_is_refused: RefusesNamedConversation fails ["TOL-05"];
    other_offsets_are_refused: RefusesOffsets fails ["TOL-06"];
}
