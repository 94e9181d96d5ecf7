using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;

namespace Tracker.TestKit;

/// <summary>Stored things that show only what matters to the test; everything else is the same valid default.</summary>
public static class A
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly TenantId Tenant = new("acme");

    public static readonly TenantId OtherTenant = new("acme-2");

    public static readonly ProfileId Ada = Profile(1);

    public static readonly ProfileId Bea = Profile(2);

    public static DateTimeOffset InAMonth => Noon.AddDays(30);

    public static ProfileId Profile(int number) => new(new Guid(number, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]));

    public static IdentifierHash Identifier(int number, IdentifierKind kind = IdentifierKind.Email) =>
        new(kind, 1, (UInt128)number << 100, (UInt128)number);

    public static InteractionKey Key(int number, DateTimeOffset? at = null) =>
        new(InteractionKey.DayOf(at ?? Noon), (UInt128)number << 64);

    public static RecordDecision Decision(long epoch = 0) =>
        new(new DecisionId(new Guid(7, 0, 0, new byte[8])), "default@1", new byte[32], epoch, Stage.Customer, Noon);

    public static Grant Grant(DateTimeOffset until, Purpose purpose = Purpose.DirectMarketing) =>
        new(purpose, LegalBasis.Consent, EPrivacyGround.NotApplicable, ["evidence"], "RULE-1", until);

    public static InteractionRecord Record(
        int interaction = 1,
        ProfileId? of = null,
        RetentionClass ofClass = RetentionClass.Marketing,
        RetentionClasses? classes = null,
        DateTimeOffset? at = null,
        DateTimeOffset? until = null,
        TenantId? tenant = null) => new()
        {
            Tenant = tenant ?? Tenant,
            Profile = of ?? ProfileId.None,
            Key = Key(interaction, at),
            Class = ofClass,
            Classes = classes ?? default(RetentionClasses).With(ofClass),
            Batch = new BatchId(new Guid(9, 0, 0, new byte[8])),
            Source = new SourceId("till"),
            Type = "order_placed",
            Channel = Channel.Pos,
            OccurredAt = at ?? Noon,
            ReceivedAt = Noon,
            Initiator = Initiator.Subject,
            Decision = Decision(),
            Grants = [Grant(until ?? InAMonth)],
            ExpireAt = until ?? InAMonth,
            Payload = new byte[] { (byte)interaction, 2, 3 },
        };

    /// <summary>One record per class, all with the same end.</summary>
    public static InteractionWrite Interaction(
        int number,
        ProfileId? of = null,
        DateTimeOffset? at = null,
        DateTimeOffset? until = null,
        TenantId? tenant = null,
        params RetentionClass[] classes)
    {
        RetentionClass[] members = classes.Length == 0 ? [RetentionClass.Marketing] : classes;
        var all = RetentionClasses.Of(members);
        return Interaction([.. members.Select(member => Record(number, of, member, all, at, until, tenant))]);
    }

    public static InteractionWrite Interaction(params InteractionRecord[] records) =>
        new(records[0].Key, records[0].Profile, records);

    public static IdentifierHash ReceiptNumber(int number) => Identifier(number, IdentifierKind.Receipt);

    /// <summary>Of nobody, to be claimed by the receipt of the same number.</summary>
    public static InteractionWrite Sale(int number, DateTimeOffset? until = null, TenantId? tenant = null, params RetentionClass[] classes) =>
        Interaction(number, until: until, tenant: tenant, classes: classes.Length == 0 ? [RetentionClass.Fiscal] : classes) with { Receipts = [ReceiptNumber(number)] };

    /// <summary>The same sale of somebody, in the place of the one of nobody.</summary>
    public static InteractionWrite Claimed(InteractionWrite sale, BatchId batch, ProfileId by, DateTimeOffset? until = null, params RetentionClass[] classes)
    {
        var records = Interaction(1, by, until: until, classes: classes).Records.Select(record => record with { Key = sale.Key });
        return Interaction([.. records]) with { Replaces = new(batch, sale.Receipts, sale.Records[0].Grants, "") };
    }

    public static ProfileChange NewProfile(ProfileId profile, params IdentifierHash[] identifiers) => new()
    {
        Profile = profile,
        IsNew = true,
        ExpectedEpoch = 0,
        SeenAt = Noon,
        NewIdentifiers = identifiers,
    };

    public static ProfileChange KnownProfile(ProfileId profile, long epoch = 0, params IdentifierHash[] identifiers) => new()
    {
        Profile = profile,
        IsNew = false,
        ExpectedEpoch = epoch,
        SeenAt = Noon,
        NewIdentifiers = identifiers,
    };

    public static Dictionary<RetentionClass, WrappedKey> Keys(params RetentionClass[] classes) =>
        classes.ToDictionary(member => member, member => new WrappedKey(1, new[] { (byte)member }));

    public static ContractLink Contract(int number, ProfileId of, DateTimeOffset? until = null, TenantId? tenant = null) =>
        new(tenant ?? Tenant, (UInt128)number << 32, of, until ?? InAMonth);

    public static PolicyVersion PolicyVersion(int number = 1, DateTimeOffset? until = null, TenantId? tenant = null) => new(
        tenant ?? Tenant,
        $"it-standard@{number}",
        Enumerable.Repeat((byte)number, 32).ToArray(),
        new byte[] { (byte)'{', (byte)'}' },
        Noon,
        until ?? InAMonth);

    public static LegalHold LegalHold(string id = "case-1", TenantId? tenant = null, params ProfileId[] profiles) => new()
    {
        Tenant = tenant ?? Tenant,
        Id = id,
        Kind = HoldKind.Litigation,
        Profiles = profiles.Length == 0 ? [Ada] : profiles,
        Classes = RetentionClasses.Of([RetentionClass.Fiscal, RetentionClass.Order]),
        ApprovedBy = "LEGAL-7",
        ReviewAt = Noon.AddMonths(6),
        PlacedAt = Noon,
        ExpireAt = null,
    };

    public static Rollout Rollout(ProfileId? after = null, DateTimeOffset? finishedAt = null, DateTimeOffset? until = null, TenantId? tenant = null, long version = 1) =>
        new(tenant ?? Tenant, new byte[32], Noon, after, finishedAt, until ?? InAMonth) { Version = version };

    public static ContactDocument Contact(ProfileId of, long version = 1, DateTimeOffset? until = null) => new()
    {
        Tenant = Tenant,
        Profile = of,
        Version = version,
        Decision = Decision(),
        Grants = [Grant(until ?? InAMonth)],
        LastInteractionAt = Noon.AddHours(-12),
        ExpireAt = until ?? InAMonth,
        Payload = new byte[] { 1, 2, (byte)version },
    };

    public static ConsentEntry Consent(ProfileId of, int request = 1, DateTimeOffset? until = null, ConsentState state = ConsentState.Given, TenantId? tenant = null) => new()
    {
        Id = new ConsentId(new Guid(request, 1, 0, new byte[8])),
        Tenant = tenant ?? Tenant,
        Profile = of,
        Source = new SourceId("web"),
        RequestHash = (UInt128)request,
        Purpose = Purpose.DirectMarketing,
        ContactChannels = [ContactChannel.Email],
        State = state,
        EffectiveAt = Noon,
        RecordedAt = Noon,
        ValidUntil = Noon.AddDays(10),
        NoticeId = "privacy",
        NoticeVersion = "1",
        Evidence = new Evidence(EvidenceKind.Checkbox, new string('a', 64), Noon, "shop"),
        ExpireAt = until ?? InAMonth,
    };

    public static Notice Notice(string id = "privacy", string version = "1", string text = "We keep your address.", DateTimeOffset? until = null, TenantId? tenant = null) => new()
    {
        Tenant = tenant ?? Tenant,
        Id = id,
        Version = version,
        Text = text,
        Sha256 = new string('b', 64),
        Language = "it",
        EffectiveAt = Noon,
        Medium = NoticeMedium.Written,
        Purposes = [Purpose.DirectMarketing, Purpose.Profiling],
        RegisteredAt = Noon,
        ExpireAt = until ?? InAMonth,
    };

    public static CountRecord Count(int number = 1, long value = 10, DateTimeOffset? until = null, TenantId? tenant = null) => new()
    {
        Tenant = tenant ?? Tenant,
        Key = Key(number),
        Source = new SourceId("door"),
        Metric = "visitors",
        StoreId = "milano-1",
        Channel = Channel.Pos,
        StartedAt = Noon.AddHours(-1),
        EndedAt = Noon,
        Value = value,
        ExpireAt = until ?? InAMonth,
    };

    public static CatalogEntry Product(string id = "shirt") => Entry(CatalogKind.Product, id) with
    {
        Category = "apparel/shirts",
        Product = new() { Gtin = "4006381333931", Brand = "Acme", HasIndirectRemuneration = true },
    };

    public static CatalogEntry Store(string id = "milano-1") => Entry(CatalogKind.Store, id) with
    {
        Store = new() { Region = "Lombardia", Country = "IT", OpenedAt = Noon.AddYears(-70) },
    };

    public static CatalogEntry Campaign(string id = "spring") => Entry(CatalogKind.Campaign, id) with
    {
        Campaign = new()
        {
            Channel = Channel.Web,
            StartsAt = Noon,
            EndsAt = Noon.AddDays(14),
            Cost = new("EUR", 1_250.50m),
            ContactChannels = [ContactChannel.Email, ContactChannel.Sms],
        },
    };

    private static CatalogEntry Entry(CatalogKind kind, string id) => new()
    {
        Tenant = Tenant,
        Kind = kind,
        Id = id,
        Name = $"Name of {id}",
        Attributes = [new() { Key = "size", Text = "42" }, new() { Key = "in_stock", Truth = true }],
        UpdatedAt = Noon,
        ExpireAt = InAMonth,
    };
}
