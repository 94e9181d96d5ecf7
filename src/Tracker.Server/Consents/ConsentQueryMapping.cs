using Tracker.Core.Consents;
using Tracker.Core.Consents.Receipts;
using Tracker.Core.Model;
using Tracker.Server.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Consents;

/// <summary>What is asked of the ledger, and its answers.</summary>
internal static class ConsentQueryMapping
{
    public static ConsentQuery ToCore(this Wire.ListConsentsRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var query = new ConsentQuery(
            request.Profile.ToCore(at, "profile"),
            request.Purpose.Required(at, "purpose"),
            request.PageSize.NotNegative(at, "page_size"),
            request.PageToken);
        violations.ThrowIfAny();
        return query;
    }

    public static StandingQuery ToCore(this Wire.GetConsentStateRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var query = new StandingQuery(
            request.Profile.ToCore(at, "profile"),
            request.Purpose.Required(at, "purpose"),
            request.ConsentedPurpose.Required(at, "consented_purpose"),
            CoreEnum.Of<ContactChannel>((int)request.ContactChannel, at, "contact_channel"),
            request.Recipient,
            request.ValidAt.ToCore(at, "valid_at"));
        violations.ThrowIfAny();
        return query;
    }

    public static ProofQuery ToCore(this Wire.GetConsentProofRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var query = new ProofQuery(
            request.Profile.ToCore(at, "profile"),
            request.Purpose.Required(at, "purpose"),
            request.ConsentId.ToConsentId(at, "consent_id"));
        violations.ThrowIfAny();
        return query;
    }

    public static PromptQuery ToCore(this Wire.CheckPromptRequest request)
    {
        var violations = new List<Violation>();
        var at = new Place(violations);
        var query = new PromptQuery(
            request.Profile.ToCore(at, "profile"),
            request.Purpose.Required(at, "purpose"),
            CoreEnum.Of<ContactChannel>((int)request.ContactChannel, at, "contact_channel"));
        violations.ThrowIfAny();
        return query;
    }

    public static Wire.ListConsentsResponse ToWire(this ConsentPage page) => new()
    {
        Consents = { page.Entries.Select(entry => entry.ToWire()) },
        NextPageToken = page.NextPageToken,
    };

    public static Wire.GetConsentStateResponse ToWire(this ConsentStanding standing) => new()
    {
        Valid = standing.IsValid,
        State = (Wire.ConsentState)standing.State,
        Consent = standing.Entry?.ToWire(),
        EndedBy = standing.EndedBy?.ToWire(),
    };

    public static Wire.GetConsentProofResponse ToWire(this Receipt receipt) => new()
    {
        ReceiptId = receipt.Id,
        ReceiptJson = receipt.Json,
        NoticeText = receipt.NoticeText,
    };

    public static Wire.CheckPromptResponse ToWire(this PromptAnswer answer) => new()
    {
        MayAsk = answer.MayAsk,
        Reason = (Wire.PromptReason)answer.Reason,
        EarliestAt = answer.EarliestAt.ToWire(),
    };
}
