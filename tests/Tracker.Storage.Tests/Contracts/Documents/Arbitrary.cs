using CsCheck;
using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;

namespace Tracker.Storage.Tests.Contracts.Documents;

/// <summary>Arbitrary documents of every kind, at the limits of their types too.</summary>
internal static class Arbitrary
{
    public static readonly Gen<DateTimeOffset> Time = Gen.Long[-62_135_596_800_000, 253_402_300_799_999].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    private static readonly Gen<DateTimeOffset?> NullableTime = Gen.Bool.SelectMany(isSet => isSet ? Time.Select(time => (DateTimeOffset?)time) : Gen.Const((DateTimeOffset?)null));

    // Lone surrogates are no text; the wire refuses them.
    public static readonly Gen<string> Text = Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\u00a0', '\ud7ff']), 0, 200];

    private static readonly Gen<string?> NullableText = Gen.Bool.SelectMany(isSet => isSet ? Text.Select(text => (string?)text) : Gen.Const((string?)null));

    private static readonly Gen<byte[]> Bytes = Gen.Byte.Array[0, 300];

    private static readonly Gen<UInt128> Hash = Gen.Select(Gen.ULong, Gen.ULong, (high, low) => new UInt128(high, low));

    private static readonly Gen<TenantId> Tenant = Gen.String[Gen.Char['a', 'z'], 1, 32].Select(text => new TenantId(text));

    public static readonly Gen<ProfileId> Profile = Gen.Guid.Select(id => new ProfileId(id));

    private static readonly Gen<IdentifierHash[]> Identifiers =
        Gen.Select(Gen.Byte[0, 127], Gen.Byte, Hash, Hash, Gen.Bool, (kind, version, high, low, isSchemed) => new IdentifierHash((IdentifierKind)kind, version, high, low) { IsSchemed = isSchemed }).Array[0, 5];

    private static readonly Gen<InteractionKey> Key = Gen.Select(Gen.UShort, Hash, (day, hash) => new InteractionKey(day, hash));

    private static readonly Gen<RecordDecision> Decision = Gen.Select(Gen.Guid, Text, Bytes, Gen.Long, Gen.Byte, Time,
        (id, version, sha, epoch, stage, at) => new RecordDecision(new DecisionId(id), version, sha, epoch, (Stage)stage, at));

    private static readonly Gen<Grant[]> Grants = Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, Text.Array[0, 3], Text, Time, Gen.Bool,
        (purpose, basis, ground, evidence, rule, until, isChildDirected) => new Grant((Purpose)purpose, (LegalBasis)basis, (EPrivacyGround)ground, evidence, rule, until) { IsChildDirected = isChildDirected }).Array[0, 4];

    // A hold has no end, and without a hold there is one.
    private static readonly Gen<(DateTimeOffset? ExpireAt, string[] Holds)> End =
        Gen.OneOf(Time.Select(time => ((DateTimeOffset?)time, Array.Empty<string>())), Text.Array[1, 3].Select(holds => ((DateTimeOffset?)null, holds)));

    private static readonly Gen<Facts> Facts =
        from i in NullableTime
        from facts in FirstFacts
        from shown in Gen.Select(NullableTime, NullableTime, NullableTime, NullableTime)
        from since in NullableTime
        select facts with { DebtSettledAt = i, AccountShownAt = shown.Item1, LoyaltyJoinedAt = shown.Item2, LoyaltyLeftAt = shown.Item3, LoyaltyShownAt = shown.Item4, PurchasingSince = since };

    private static readonly Gen<ProfileHold[]> ProfileHolds = Gen.Select(Text, Gen.UShort, (id, classes) => new ProfileHold(id, new RetentionClasses(classes))).Array[0, 3];

    private static Gen<Facts> FirstFacts => Gen.Select(NullableTime, NullableTime, NullableTime, NullableTime, NullableTime, NullableTime, NullableTime, NullableTime,
        (a, b, c, d, e, f, g, h) => new Facts
        {
            IdentifiedAt = a,
            QuoteRequestedAt = b,
            AccountOpenedAt = c,
            AccountClosedAt = d,
            FirstPurchaseAt = e,
            LastPurchaseAt = f,
            ContractStartedAt = g,
            ContractEndedAt = h,
        });

    public static readonly Gen<InteractionRecord> Record =
        from envelope in Gen.Select(Tenant, Profile, Key, Gen.Byte, Gen.UShort, Gen.Guid, Text, Text)
        from rest in Gen.Select(Gen.Byte, Time, Time, Gen.Byte, Identifiers, Hash, Gen.Bool, Bytes)
        from permission in Gen.Select(Decision, Grants, End, Gen.Bool)
        from policies in Gen.Select(Text, Gen.Byte)
        select new InteractionRecord
        {
            Tenant = envelope.Item1,
            Profile = envelope.Item2,
            Key = envelope.Item3,
            Class = (RetentionClass)envelope.Item4,
            Classes = new RetentionClasses(envelope.Item5),
            Batch = new BatchId(envelope.Item6),
            Source = new SourceId(envelope.Item7),
            Type = envelope.Item8,
            Channel = (Channel)rest.Item1,
            OccurredAt = rest.Item2,
            ReceivedAt = rest.Item3,
            Initiator = (Initiator)rest.Item4,
            Identifiers = rest.Item5,
            OrderReference = rest.Item7 ? rest.Item6 : null,
            ContractReferences = rest.Item7 ? [] : [rest.Item6],
            Payload = rest.Item8,
            Decision = permission.Item1,
            Grants = [.. permission.Item2.Select((grant, i) => i == 0 ? grant with { EndPolicy = policies.Item1, ContactChannel = (ContactChannel)policies.Item2 } : grant)],
            ExpireAt = permission.Item3.ExpireAt,
            Holds = permission.Item3.Holds,
            IsRestricted = permission.Item4,
        };

    public static readonly Gen<Control> Control =
        from first in Gen.Select(Tenant, Profile, Gen.Long, Facts, Identifiers, NullableTime, Time, Time)
        from later in Gen.Select(Time.Array[0, 3], Bytes, ProfileHolds, Gen.Bool)
        select new Control
        {
            Tenant = first.Item1,
            Profile = first.Item2,
            ConsentEpoch = first.Item3,
            Facts = first.Item4,
            Identifiers = first.Item5,
            LastInteractionAt = first.Item6,
            CreatedAt = first.Item7,
            ExpireAt = first.Item8,
            Lapses = later.Item1,
            SealedAge = later.Item2,
            Holds = later.Item3,
            IsRestricted = later.Item4,
        };

    private static readonly Gen<Grant[]> ContactGrants =
        Gen.Select(Grants, NullableTime.Array[4], (grants, times) => grants.Zip(times, (grant, at) => grant with { GivenAt = at }).ToArray());

    public static readonly Gen<ContactDocument> Contact = Gen.Select(Tenant, Profile, Gen.Long, Decision, ContactGrants, Time, End, Bytes,
        (tenant, profile, version, decision, grants, last, end, payload) => new ContactDocument
        {
            Tenant = tenant,
            Profile = profile,
            Version = version,
            Decision = decision,
            Grants = grants,
            LastInteractionAt = last,
            ExpireAt = end.ExpireAt,
            Holds = end.Holds,
            Payload = payload,
        });

    public static readonly Gen<ProfileKeys> Keys = Gen.Select(Tenant, Profile, Gen.Dictionary(Gen.Byte, Gen.Select(Gen.Byte, Bytes))[0, 9], Time,
        (tenant, profile, keys, end) => new ProfileKeys
        {
            Tenant = tenant,
            Profile = profile,
            Keys = new SortedDictionary<RetentionClass, WrappedKey>(keys.ToDictionary(pair => (RetentionClass)pair.Key, pair => new WrappedKey(pair.Value.Item1, pair.Value.Item2))),
            ExpireAt = end,
        });

    public static readonly Gen<ConsentEntry> Consent =
        from who in Gen.Select(Gen.Guid, Tenant, Profile, Gen.Long, Text, Hash)
        from what in Gen.Select(Gen.Byte, Gen.Byte.Array[0, 4], Gen.Byte, Time, Time, NullableTime)
        from proof in Gen.Select(NullableText, NullableText, Evidence, End)
        from scope in Gen.Select(Gen.Byte, Text, Text, Gen.Byte, Text, Gen.Bool, Gen.Bool)
        from later in Gen.Select(NullableGuid, NullableTime, NullableTime, NullableTime, Terms)
        from words in Gen.Select(Gen.Byte, Text, Gen.Byte, Bytes, NullableTime, Gen.Byte.Array[0, 4], NullableTime, Identifiers)
        select new ConsentEntry
        {
            Id = new ConsentId(who.Item1),
            Tenant = who.Item2,
            Profile = who.Item3,
            Sequence = who.Item4,
            Source = new SourceId(who.Item5),
            RequestHash = who.Item6,
            Purpose = (Purpose)what.Item1,
            ContactChannels = [.. what.Item2.Select(channel => (ContactChannel)channel)],
            State = (ConsentState)what.Item3,
            EffectiveAt = what.Item4,
            RecordedAt = what.Item5,
            ValidUntil = what.Item6,
            NoticeId = proof.Item1,
            NoticeVersion = proof.Item2,
            Evidence = proof.Item3,
            ExpireAt = proof.Item4.ExpireAt,
            Holds = proof.Item4.Holds,
            Kind = (LedgerKind)scope.Item1,
            Recipient = scope.Item2,
            Controller = scope.Item3,
            Actor = (DecisionActor)scope.Item4,
            AuthorityReference = scope.Item5,
            IsExplicit = scope.Item6,
            IsOffline = scope.Item7,
            RefersTo = later.Item1 is { } other ? new ConsentId(other) : null,
            ConfirmBy = later.Item2,
            ListedSince = later.Item3,
            NoticeShownAt = later.Item4,
            SoftOptIn = later.Item5,
            Channel = (Channel)words.Item1,
            PurposeText = words.Item2,
            EndReason = (EndReason)words.Item3,
            SealedDetails = words.Item4,
            StatedAt = words.Item5,
            ActChannels = [.. words.Item6.Select(channel => (ContactChannel)channel)],
            AtLatest = words.Item7,
            Addresses = words.Item8,
        };

    public static readonly Gen<Notice> Notice =
        from words in Gen.Select(Tenant, Text, Text, Text, Text, Text)
        from rest in Gen.Select(Time, Gen.Byte, Gen.Byte.Array[0, 5], Time, Time)
        from scope in Scope
        select new Notice
        {
            Tenant = words.Item1,
            Id = words.Item2,
            Version = words.Item3,
            Text = words.Item4,
            Sha256 = words.Item5,
            Language = words.Item6,
            EffectiveAt = rest.Item1,
            Medium = (NoticeMedium)rest.Item2,
            Purposes = [.. rest.Item3.Select(purpose => (Purpose)purpose)],
            RegisteredAt = rest.Item4,
            Scope = scope,
            ExpireAt = rest.Item5,
        };

    public static readonly Gen<CountRecord> Count =
        from words in Gen.Select(Tenant, Key, Text, Text, NullableText, Gen.Byte)
        from numbers in Gen.Select(Time, Time, Gen.Long, Time)
        select new CountRecord
        {
            Tenant = words.Item1,
            Key = words.Item2,
            Source = new SourceId(words.Item3),
            Metric = words.Item4,
            StoreId = words.Item5,
            Channel = (Channel)words.Item6,
            StartedAt = numbers.Item1,
            EndedAt = numbers.Item2,
            Value = numbers.Item3,
            ExpireAt = numbers.Item4,
        };

    public static readonly Gen<CatalogEntry> CatalogEntry =
        from words in Gen.Select(Tenant, Gen.Byte, Text, Text, Text, Gen.Byte)
        from rest in Gen.Select(Time, Attribute.Array[0, 6], Time)
        from details in Gen.Select(Product, Store, Campaign)
        select new CatalogEntry
        {
            Tenant = words.Item1,
            Kind = (CatalogKind)words.Item2,
            Id = words.Item3,
            Name = words.Item4,
            Category = words.Item5,
            SpecialCategory = (SpecialCategory)words.Item6,
            UpdatedAt = rest.Item1,
            Attributes = rest.Item2,
            ExpireAt = rest.Item3,
            Product = details.Item1,
            Store = details.Item2,
            Campaign = details.Item3,
        };

    private static Gen<Property> Attribute => Gen.OneOf(
        Gen.Select(Text, Text, (key, value) => new Property { Key = key, Text = value }),
        Gen.Select(Text, Gen.Long, (key, value) => new Property { Key = key, Whole = value }),
        Gen.Select(Text, Gen.Double[-1e12, 1e12], (key, value) => new Property { Key = key, Number = value }),
        Gen.Select(Text, Gen.Bool, (key, value) => new Property { Key = key, Truth = value }),
        Gen.Select(Text, Time, (key, value) => new Property { Key = key, Instant = value }));

    private static Gen<ProductDetails?> Product =>
        Gen.Select(NullableText, NullableText, Gen.Bool, (gtin, brand, isPaid) => new ProductDetails { Gtin = gtin, Brand = brand, HasIndirectRemuneration = isPaid }).Null();

    private static Gen<StoreDetails?> Store =>
        Gen.Select(NullableText, NullableText, NullableTime, NullableTime, (region, country, from, until) => new StoreDetails { Region = region, Country = country, OpenedAt = from, ClosedAt = until }).Null();

    private static Gen<CampaignDetails?> Campaign =>
        Gen.Select(Gen.Byte, NullableTime, NullableTime, Gen.Bool, Gen.Decimal, Gen.Byte.Array[0, 4], (channel, from, until, hasCost, cost, media) => new CampaignDetails
        {
            Channel = (Channel)channel,
            StartsAt = from,
            EndsAt = until,
            Cost = hasCost ? new Money("EUR", cost) : null,
            ContactChannels = [.. media.Select(medium => (ContactChannel)medium)],
        }).Null();

    private static Gen<Evidence?> Evidence => Gen.Bool.SelectMany(isSet => isSet
        ? Gen.Select(Gen.Byte, Text, Time, Text, Text, Text, Gen.Byte, (kind, sha, at, by, text, control, act) =>
            (Evidence?)new Evidence((EvidenceKind)kind, sha, at, by) { TextShownSha256 = text, ControlId = control, Act = (ConsentAct)act })
        : Gen.Const((Evidence?)null));

    private static Gen<NoticeScope> Scope =>
        from controller in Gen.Bool.SelectMany(isSet => isSet
            ? Gen.Select(Text, Text, Text, Text, (id, name, contact, address) => (NoticeController?)new NoticeController(id, name, contact, address))
            : Gen.Const((NoticeController?)null))
        from recipients in Gen.Select(Text, Text, Text, (id, role, country) => new NoticeRecipient(id, role, country)).Array[0, 3]
        from sets in Gen.Select(Gen.Byte.Array[0, 4], Gen.Byte.Array[0, 4], Text.Array[0, 3], Text.Array[0, 3])
        from rest in Gen.Select(Text, Gen.Bool, Gen.Bool)
        select new NoticeScope
        {
            Controller = controller,
            Recipients = recipients,
            ContactChannels = [.. sets.Item1.Select(channel => (ContactChannel)channel)],
            DataCategories = [.. sets.Item2.Select(category => (DataCategory)category)],
            StorageLocations = sets.Item3,
            WithdrawalMethods = sets.Item4,
            Uri = rest.Item1,
            IsChildLanguage = rest.Item2,
            IsMaterialChange = rest.Item3,
        };

    private static Gen<Guid?> NullableGuid => Gen.Bool.SelectMany(isSet => isSet ? Gen.Guid.Select(id => (Guid?)id) : Gen.Const((Guid?)null));

    private static Gen<SoftOptInTerms?> Terms => Gen.Bool.SelectMany(isSet => isSet
        ? Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, (own, sale, informed) => (SoftOptInTerms?)new SoftOptInTerms(own, sale, informed))
        : Gen.Const((SoftOptInTerms?)null));
}
