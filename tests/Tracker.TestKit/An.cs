using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.TestKit;

/// <summary>What a caller sends, showing only what matters to a test.</summary>
public static class An
{
    public static readonly Identifier Ada = new(IdentifierKind.Email, "ada@example.com");
    public static readonly Identifier AdasCookie = new(IdentifierKind.Cookie, "cookie-of-ada");
    public static readonly Identifier Bob = new(IdentifierKind.CustomerNumber, "4711");

    public static readonly NoticeController Company = new("demo", "Demo S.p.A.", "dpo@demo.example", "Via Roma 1, Milano");
    public static readonly NoticeController OldCo = new("oldco", "OldCo S.r.l.", "dpo@oldco.example", "Via Po 1, Torino");

    public static InteractionDraft Order(string id = "order-1", Identifier? by = null, DateTimeOffset? at = null) => new()
    {
        MessageId = id,
        Type = "order.placed",
        Channel = Channel.Web,
        OccurredAt = at ?? TestTracker.Noon,
        Identifiers = by is null ? [] : [by],
        Content = new()
        {
            Commerce = new()
            {
                OrderId = id,
                Lines = [new() { ProductId = "shirt", Quantity = 2, UnitPrice = new("EUR", 10.50m), Amount = new("EUR", 21m) }],
                Total = new("EUR", 21m),
            },
        },
    };

    public static InteractionDraft Receipt(string id = "receipt-1", Identifier? by = null, DateTimeOffset? at = null) =>
        Order(id, by, at) with { Type = "purchase.completed", Channel = Channel.Pos };

    public static InteractionDraft PageView(string id = "view-1", Identifier? by = null, DateTimeOffset? at = null, params Purpose[] purposes) => new()
    {
        MessageId = id,
        Type = "page.viewed",
        Channel = Channel.Web,
        OccurredAt = at ?? TestTracker.Noon,
        Identifiers = [by ?? AdasCookie],
        Purposes = purposes,
        Content = new() { Online = new OnlineContext { PageUrl = "https://shop.example/shirts", SessionId = "s1" } },
    };

    public static InteractionDraft Newsletter(string id = "newsletter-1", Identifier? by = null, DateTimeOffset? at = null) => new()
    {
        MessageId = id,
        Type = "newsletter.subscribed",
        Channel = Channel.Web,
        OccurredAt = at ?? TestTracker.Noon,
        Identifiers = [by ?? Ada],
        Content = new() { Contact = new ContactDetails { GivenName = "Ada", Email = "ada@example.com" } },
    };

    public static InteractionDraft LeadOf(Identifier person, string id = "lead-1") =>
        Newsletter(id, person) with { Type = "lead.captured" };

    public static NoticeDraft Notice(string version = "1") => new()
    {
        Id = "privacy",
        Version = version,
        Text = "We use your data for …",
        Language = "en",
        EffectiveAt = TestTracker.Noon.AddYears(-1),
        Medium = NoticeMedium.Written,
        Purposes = [.. Enum.GetValues<Purpose>().Skip(1)],
        Scope = new() { Controller = Company, Recipients = [new("partner", "CONTROLLER", "IT")] },
    };

    /// <summary>Of another company than the tenant, under its own name.</summary>
    public static NoticeDraft NoticeOf(NoticeController controller) =>
        Notice() with { Id = controller.Id, Scope = Notice().Scope with { Controller = controller } };

    /// <summary>In force at once: marketing on a signed paper, all else by a box on the web.</summary>
    public static ConsentDraft Consent(Purpose purpose, Identifier by, DateTimeOffset? at = null, string? id = null, params ContactChannel[] channels)
    {
        var draft = Online(purpose, by, at, id, channels);
        return purpose == Purpose.DirectMarketing ? draft with { Evidence = Proof.Paper(draft.RequestId, at ?? TestTracker.Noon) } : draft;
    }

    /// <summary>By a box on the web, which for marketing waits for its confirmation.</summary>
    public static ConsentDraft Online(Purpose purpose, Identifier by, DateTimeOffset? at = null, string? id = null, params ContactChannel[] channels)
    {
        var request = id ?? $"consent-{purpose}-{by.Kind}-{at?.UtcTicks}";
        return new()
        {
            RequestId = request,
            Identifiers = [by],
            Purpose = purpose,
            ContactChannels = purpose == Purpose.DirectMarketing && channels.Length == 0 ? [ContactChannel.Email] : channels,
            Recipient = purpose == Purpose.ThirdPartySharing ? "partner" : "",
            State = ConsentState.Given,
            DecidedAt = at ?? TestTracker.Noon,
            NoticeId = "privacy",
            NoticeVersion = "1",
            NoticeShownAt = at ?? TestTracker.Noon,
            PurposeText = Proof.Words,
            Evidence = Proof.Checkbox(request, at ?? TestTracker.Noon),
        };
    }

    public static WithdrawalDraft Withdrawal(Purpose purpose, Identifier by, DateTimeOffset? at = null, string id = "withdrawal-1") =>
        new() { RequestId = id, Profile = new(null, by), Purpose = purpose, DecidedAt = at };

    /// <summary>Of a consent of Ada whose evidence turned out to be void: it never was one.</summary>
    public static ClosingDraft Invalidation(ConsentId consent) => new()
    {
        RequestId = "void",
        Profile = new(null, Ada),
        Consent = consent,
        State = ConsentState.Invalidated,
        Reason = EndReason.EvidenceVoid,
        AuthorityReference = "dpo-1",
    };

    /// <summary>An address given in a sale under all its conditions.</summary>
    public static SoftOptInDraft SoftOptIn(Identifier by, DateTimeOffset? at = null) => new()
    {
        RequestId = "soft-opt-in-1",
        Identifiers = [by],
        Terms = new(IsAddressFromSubject: true, IsSale: true, WasInformed: true),
        GivenAt = at ?? TestTracker.Noon,
        NoticeId = "privacy",
        NoticeVersion = "1",
        NoticeShownAt = at ?? TestTracker.Noon,
    };

    public static CatalogDraft ProductEntry(string id = "shirt") =>
        new() { Kind = CatalogKind.Product, Id = id, Name = "A product", Product = new() };

    public static CatalogDraft StoreEntry(string id = "milano-1") =>
        new() { Kind = CatalogKind.Store, Id = id, Name = "A store", Store = new() };

    public static CatalogDraft CampaignEntry(string id = "spring") =>
        new() { Kind = CatalogKind.Campaign, Id = id, Name = "A campaign", Campaign = new() };
}
