using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

internal static class ConsentMapping
{
    public static ConsentDraft ToCore(this Wire.RecordConsentRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new ConsentDraft
        {
            RequestId = request.RequestId,
            Identifiers = request.Identifiers.ToCore(at, "identifiers"),
            Purpose = CoreEnum.Of<Purpose>((int)request.Purpose, at, "purpose"),
            ContactChannels = request.ContactChannels.ToCore(at, "contact_channels"),
            Recipient = request.Recipient,
            Controller = request.Controller,
            State = CoreEnum.Of<ConsentState>((int)request.State, at, "state"),
            IsExplicit = request.Explicit,
            IsOffline = request.Offline,
            Actor = CoreEnum.Of<DecisionActor>((int)request.Actor, at, "actor"),
            AuthorityReference = request.AuthorityReference,
            Age = request.Age.ToCore(at.In("age")),
            DecidedAt = request.DecidedAt.ToCore(at, "decided_at"),
            SentAt = request.SentAt.ToCore(at, "sent_at"),
            NoticeId = request.NoticeId,
            NoticeVersion = request.NoticeVersion,
            NoticeShownAt = request.NoticeShownAt.ToCore(at, "notice_shown_at"),
            PurposeText = request.PurposeText,
            Evidence = request.Evidence.ToCore(at),
            Violations = violations,
        };
    }

    public static ConfirmationDraft ToCore(this Wire.ConfirmConsentRequest request)
    {
        var violations = new List<Violation>();
        return new ConfirmationDraft
        {
            Token = request.Token,
            IpAddress = request.IpAddress,
            UserAgent = request.UserAgent,
            MailSentAt = request.MailSentAt.ToCore(new Place(violations), "mail_sent_at"),
            Violations = violations,
        };
    }

    public static WithdrawalDraft ToCore(this Wire.WithdrawConsentRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new WithdrawalDraft
        {
            RequestId = request.RequestId,
            Profile = request.Profile.ToCore(at, "profile"),
            Consent = request.ConsentId.ToConsentId(at, "consent_id"),
            Purpose = CoreEnum.Of<Purpose>((int)request.Purpose, at, "purpose"),
            ContactChannels = request.ContactChannels.ToCore(at, "contact_channels"),
            Recipient = request.Recipient,
            Actor = CoreEnum.Of<DecisionActor>((int)request.Actor, at, "actor"),
            AuthorityReference = request.AuthorityReference,
            DecidedAt = request.DecidedAt.ToCore(at, "decided_at"),
            SentAt = request.SentAt.ToCore(at, "sent_at"),
            Violations = violations,
        };
    }

    public static ClosingDraft ToCore(this Wire.CloseConsentRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        return new ClosingDraft
        {
            RequestId = request.RequestId,
            Profile = request.Profile.ToCore(at, "profile"),
            Consent = request.ConsentId.ToConsentId(at, "consent_id"),
            State = CoreEnum.Of<ConsentState>((int)request.State, at, "state"),
            Reason = CoreEnum.Of<EndReason>((int)request.Reason, at, "reason"),
            AuthorityReference = request.AuthorityReference,
            Violations = violations,
        };
    }

    /// <returns>Null: none is named.</returns>
    public static ConsentId? ToConsentId(this string text, Place at, string field)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (Guid.TryParseExact(text, "N", out var id) && id != Guid.Empty)
        {
            return new ConsentId(id);
        }

        at.Refuse(field, "must be an id as answered by the ledger: 32 hexadecimal digits");
        return null;
    }

    private static SubjectAge? ToCore(this Wire.SubjectAge? wire, Place at)
    {
        if (wire is null)
        {
            return null;
        }

        if (wire.BirthDate is null)
        {
            at.Refuse("birth_date", "is required");
        }

        return wire.BirthDate.ToCore(at, "birth_date") is { } birthDate ? new SubjectAge(birthDate, wire.Country) : null;
    }
}
