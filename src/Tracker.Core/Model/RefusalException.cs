namespace Tracker.Core.Model;

/// <summary>The call is understood and refused. Made only by the named factories; never holds a personal value.</summary>
public sealed class RefusalException : Exception
{
    private const string StoreSilent = "The store does not answer; repeat the call after the retry delay. What was stored is answered as a duplicate.";

    private static readonly TimeSpan StoreRetry = TimeSpan.FromSeconds(1);

    private RefusalException(RefusalReason reason, string message, IReadOnlyList<Violation>? violations = null, TimeSpan? retryAfter = null, Exception? fault = null, bool isOutage = false)
        : base(message, fault)
    {
        Reason = reason;
        IsOutage = isOutage;
        Violations = violations ?? [];
        RetryAfter = retryAfter;
    }

    public RefusalReason Reason { get; }

    public IReadOnlyList<Violation> Violations { get; }

    /// <summary>Set where the same call may succeed later.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>The store is away, and has said so in the log itself: whoever meets it says nothing more.</summary>
    public bool IsOutage { get; }

    /// <returns>Whether it is nothing but an outage of the store, which needs no further line in the log.</returns>
    public static bool IsOutageAlone(Exception fault) => fault switch
    {
        RefusalException refusal => refusal.IsOutage,
        AggregateException several => several.InnerExceptions.All(IsOutageAlone),
        _ => false,
    };

    public static RefusalException InvalidRequest(IReadOnlyList<Violation> violations) =>
        new(RefusalReason.InvalidRequest, $"The request has {InvalidFields(violations)}", violations);

    public static RefusalException Unauthenticated(string what) => new(RefusalReason.Unauthenticated, what);

    public static RefusalException PermissionMissing(string permission) =>
        new(RefusalReason.PermissionMissing, $"The API key does not carry {permission}.");

    public static RefusalException ProfileNotFound() =>
        new(RefusalReason.ProfileNotFound, "There is no profile of that id or identifier.");

    public static RefusalException InteractionNotFound() =>
        new(RefusalReason.InteractionNotFound, "Nothing is held under that id.");

    /// <summary>Whether it never was, is somebody's, has expired, or something given does not agree: the same, for a number can be guessed.</summary>
    public static RefusalException ReceiptNotFound() =>
        new(RefusalReason.ReceiptNotFound, "No receipt that can be claimed agrees with what is given.");

    public static RefusalException CatalogEntryNotFound() =>
        new(RefusalReason.CatalogEntryNotFound, "The catalogue has nothing under that id.");

    public static RefusalException NoticeNotFound() =>
        new(RefusalReason.NoticeNotFound, "No notice is registered under that id and version.");

    public static RefusalException NoticeUnknown(string noticeId, string version) =>
        Of(RefusalReason.NoticeUnknown, "notice_version", $"version '{version}' of notice '{noticeId}' is not registered; call RegisterNotice first");

    public static RefusalException NoticeChanged(string noticeId, string version) =>
        Of(RefusalReason.NoticeChanged, "version", $"version '{version}' of notice '{noticeId}' is registered with other content; a change needs a new version");

    /// <param name="order">What it must come before or after.</param>
    public static RefusalException NoticeNotPrior(string order) =>
        Of(RefusalReason.NoticeNotPrior, "notice_shown_at", $"must not be {order}: the notice comes first (GDPR Art. 5(1)(a), 13)");

    public static RefusalException InvalidEvidence(IReadOnlyList<Violation> violations) =>
        new(RefusalReason.InvalidEvidence, $"The proof has {InvalidFields(violations)}", violations);

    public static RefusalException NoticeReplaced(string noticeId, string version) =>
        Of(RefusalReason.NoticeUnknown, "notice_version", $"version '{version}' of notice '{noticeId}' was replaced and is no longer in circulation; show the current one");

    public static RefusalException ConsentNotFound() =>
        new(RefusalReason.ConsentNotFound, "The ledger of this person has no such entry.");

    public static RefusalException TokenExpired() =>
        new(RefusalReason.TokenExpired, "The token is unknown, past its time, or cancelled by what the person decided since; ask again with RecordConsent.");

    public static RefusalException GuardianRequired(string field, string why) => Of(RefusalReason.GuardianRequired, field, why);

    public static RefusalException MinorProfiling(int adultAge) => Of(
        RefusalReason.MinorProfiling,
        "purpose",
        $"must not be PROFILING or PERSONALISATION: the person is, or to a source directed at children may be, younger than {adultAge}, and no consent permits the profile of a minor (GDPR recital 71)");

    public static RefusalException WithdrawalIntervened() => Of(
        RefusalReason.WithdrawalIntervened,
        "decided_at",
        "is before a withdrawal, a refusal or an objection of the person, or too long ago: nothing is left to be confirmed; ask the person anew");

    /// <param name="bars">What stands against it.</param>
    public static RefusalException MergeRefused(IReadOnlyList<Violation> bars) =>
        new(RefusalReason.MergeRefused, $"The two are not made one person: {Listed(bars)}", bars);

    public static RefusalException LinkNotFound() =>
        new(RefusalReason.LinkNotFound, "The links of this person have no such one; ListProfileLinks has them all.");

    public static RefusalException NoAuthority() =>
        Of(RefusalReason.NoAuthority, "actor", "must not be GUARDIAN: the person has reached the age to decide alone (GDPR Art. 8)");

    public static RefusalException ControllerMismatch() =>
        Of(RefusalReason.ControllerMismatch, "controller", "must be the one that the notice names, or empty");

    public static RefusalException NoticeOfAnother() =>
        Of(RefusalReason.ControllerMismatch, "notice_id", "must be a notice of the tenant's own: an address that was given to another controller carries nothing here (Garante 348/2022)");

    /// <param name="open">What may be objected to.</param>
    public static RefusalException NotObjectable(IEnumerable<Purpose> open) => Of(
        RefusalReason.NotObjectable,
        "purpose",
        "rests on a contract, a duty by law or consent alone, which no objection reaches (GDPR Art. 21(1), (2)); a consent is ended by WithdrawConsent; "
        + $"may be objected to: {string.Join(", ", open.Select(EnumNames<Purpose>.Of))}");

    public static RefusalException NotGranular(string field, string why) => Of(RefusalReason.NotGranular, field, why);

    public static RefusalException PageTokenInvalid() =>
        new(RefusalReason.PageTokenInvalid, "page_token is not one of this server for this request; start again without it.");

    public static RefusalException Overloaded(TimeSpan retryAfter) =>
        new(RefusalReason.Overloaded, "Too many interactions are waiting; nothing of this call was stored. Repeat it after the retry delay.", retryAfter: retryAfter);

    /// <param name="most">Interactions a second.</param>
    public static RefusalException QuotaExceeded(int most, TimeSpan retryAfter) =>
        new(RefusalReason.QuotaExceeded, $"This source may send {most} interactions a second (Sources:MaxPerSecond), and has sent more; nothing of this call was stored. Repeat it after the retry delay.", retryAfter: retryAfter);

    public static RefusalException SearchRunning() =>
        new(RefusalReason.Overloaded, "Another search for matches is running on this server, and one takes a core. Repeat it after the retry delay.", retryAfter: TimeSpan.FromSeconds(30));

    public static RefusalException ShuttingDown() =>
        new(RefusalReason.ShuttingDown, "The server is stopping; nothing of this call was stored. Repeat it elsewhere or later.", retryAfter: TimeSpan.FromSeconds(1));

    /// <param name="fault">What the store failed with, for the log; null: it was slow or busy.</param>
    public static RefusalException StoreUnavailable(Exception? fault = null) =>
        new(RefusalReason.StoreUnavailable, StoreSilent, retryAfter: StoreRetry, fault: fault);

    /// <summary>To the caller the same; what it failed with is told once, by the store, and not with every call.</summary>
    public static RefusalException StoreAway() => new(RefusalReason.StoreUnavailable, StoreSilent, retryAfter: StoreRetry, isOutage: true);

    /// <summary>One field that has a reason of its own.</summary>
    private static RefusalException Of(RefusalReason reason, string field, string description) =>
        new(reason, $"{field}: {description}", [new(field, description)]);

    private static string InvalidFields(IReadOnlyList<Violation> violations) =>
        $"{violations.Count} invalid {(violations.Count == 1 ? "field" : "fields")}: {Listed(violations)}";

    private static string Listed(IReadOnlyList<Violation> violations) => string.Join("; ", violations.Select(v => $"{v.Field}: {v.Description}"));
}
