using CsCheck;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.Mongo.Catalog;
using Tracker.Storage.Mongo.Consents;
using Tracker.Storage.Mongo.Counts;
using Tracker.Storage.Mongo.Documents;
using Tracker.Storage.Mongo.Engine;
using Tracker.Storage.Mongo.Identities;
using Tracker.Storage.Mongo.Keys;
using Tracker.Storage.Mongo.Policies;
using Tracker.Storage.Mongo.Profiles;
using Tracker.Storage.Mongo.Records;
using Tracker.Storage.Mongo.Retention;
using Tracker.Storage.Tests.Contracts.Documents;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.Mongo.Documents;

public sealed class CodecTests
{
    [Fact]
    public void Record_comes_back_as_it_was_written() => AssertRoundTrip(new RecordCodec(), Arbitrary.Record, _ => "any");

    [Fact]
    public void Control_comes_back_as_it_was_written() => AssertRoundTrip(new ControlCodec(), ArbitraryPerson.Control, control => DocumentId.Of(control.Tenant, control.Profile));

    [Fact]
    public void Contact_comes_back_as_it_was_written() => AssertRoundTrip(new ContactCodec(), ArbitraryTerms.Contact, contact => DocumentId.Of(contact.Tenant, contact.Profile));

    [Fact]
    public void Keys_come_back_as_they_were_written() => AssertRoundTrip(new ProfileKeysCodec(), Arbitrary.Keys, keys => DocumentId.Of(keys.Tenant, keys.Profile));

    [Fact]
    public void Consent_comes_back_as_it_was_written() => AssertRoundTrip(new ConsentCodec(), ArbitraryTerms.Consent, _ => "any");

    [Fact]
    public void Notice_comes_back_as_it_was_written() => AssertRoundTrip(new NoticeCodec(), ArbitraryTerms.Notice, notice => DocumentId.OfNotice(notice.Tenant, notice.Id, notice.Version));

    [Fact]
    public void Count_comes_back_as_it_was_written() => AssertRoundTrip(new CountCodec(), Arbitrary.Count, DocumentId.OfCount);

    [Fact]
    public void Catalogue_entry_comes_back_as_it_was_written() =>
        AssertRoundTrip(new CatalogCodec(), Arbitrary.CatalogEntry, entry => DocumentId.OfCatalog(entry.Tenant, entry.Kind, entry.Id));

    [Fact]
    public void Contract_comes_back_as_it_was_written() => AssertRoundTrip(
        new ContractLinkCodec(),
        Gen.Select(Arbitrary.Record, Arbitrary.Time, (record, end) => new ContractLink(record.Tenant, record.Key.Hash, record.Profile, end) { StartedAt = record.OccurredAt, EndedAt = end, OrderEndedAt = record.ReceivedAt }),
        link => DocumentId.Of(link.Tenant, link.Reference));

    [Fact]
    public void Receipt_link_comes_back_as_it_was_written() => AssertRoundTrip(
        new ReceiptLinkCodec(),
        Gen.Select(Arbitrary.Record, Arbitrary.Time, (record, end) => new ReceiptLink(record.Tenant, A.ReceiptNumber(record.Key.Day).OfScheme(7), record.Key, end)),
        link => DocumentId.OfReceipt(link.Tenant, link.Receipt, link.Interaction));

    [Fact]
    public void Policy_comes_back_as_it_was_written() => AssertRoundTrip(
        new PolicyVersionCodec(),
        Gen.Select(Arbitrary.Notice, Gen.Byte.Array[0, 300], Arbitrary.Time.Array[0, 3], (notice, bytes, resumed) => new PolicyVersion(notice.Tenant, notice.Version, bytes, bytes, notice.EffectiveAt, notice.ExpireAt) { ResumedAt = resumed }),
        policy => DocumentId.OfPolicy(policy.Tenant, policy.Sha256));

    [Fact]
    public void Legal_hold_comes_back_as_it_was_written() => AssertRoundTrip(
        new LegalHoldCodec(),
        Gen.Select(Arbitrary.Notice, Gen.Byte, Gen.UShort, Gen.Guid.Array[0, 5], Gen.Bool, (notice, kind, classes, profiles, isReleased) => new LegalHold
        {
            Tenant = notice.Tenant,
            Id = notice.Id,
            Kind = (HoldKind)kind,
            Profiles = [.. profiles.Select(profile => new ProfileId(profile))],
            Classes = new RetentionClasses(classes),
            ApprovedBy = notice.Text,
            ReviewAt = notice.EffectiveAt,
            PlacedAt = notice.RegisteredAt,
            ReleasedAt = isReleased ? notice.EffectiveAt : null,
            ExpireAt = isReleased ? notice.ExpireAt : null,
        }),
        hold => DocumentId.OfNamed(hold.Tenant, hold.Id));

    [Fact]
    public void Rollout_comes_back_as_it_was_written() => AssertRoundTrip(
        new RolloutCodec(),
        Gen.Select(Arbitrary.Notice, Gen.Byte.Array[0, 32], Gen.Guid, Gen.Bool, (notice, sha, after, isSet) => new Rollout(
            notice.Tenant,
            sha,
            notice.EffectiveAt,
            isSet ? new ProfileId(after) : null,
            isSet ? notice.RegisteredAt : null,
            notice.ExpireAt)
        {
            NextAt = isSet ? notice.RegisteredAt : null,
            ProductsDecidedBefore = isSet ? notice.RegisteredAt : null,
            Version = sha.Length,
            HasVisitedProfiles = isSet,
            AfterUnowned = isSet ? new(notice.RegisteredAt, A.Key(1), RetentionClass.Fiscal) : null,
        }),
        rollout => rollout.Tenant.Value);

    [Fact]
    public void Rollout_from_before_records_of_nobody_had_their_turn_is_read_as_one_of_profiles()
    {
        var written = new RolloutCodec().Write("demo", A.Rollout(version: 3), []).Body;

        var read = new RolloutCodec().Read(written);

        Assert.False(written.Contains("has_visited_profiles"));
        Assert.Equal((false, null), (read.HasVisitedProfiles, read.AfterUnowned));
    }

    [Fact]
    public void Lease_comes_back_as_it_was_written() => AssertRoundTrip(
        new LeaseCodec(),
        Gen.Select(Arbitrary.Time, Gen.Enum<BackgroundWork>(), Gen.Long[1, long.MaxValue], Gen.Bool, (until, work, fence, isHeld) => new Lease(work, isHeld ? "one" : null, fence, until)),
        lease => DocumentId.Of(lease.Work));

    [Fact]
    public void Errand_comes_back_as_it_was_written() => Gen.Select(Arbitrary.Record, Gen.Long[0, 253_402_300_799_999]).Sample((record, due) =>
    {
        var errand = new Errand(record.Tenant, record.Profile, DateTimeOffset.FromUnixTimeMilliseconds(due));

        return ErrandTable.Read(ErrandTable.Write(errand).Body) == errand;
    });

    [Fact]
    [Trait("Compliance", "R-011")]
    [Trait("Compliance", "E21")]
    public void Document_that_a_hold_has_saved_has_its_own_end_where_the_server_does_not_look()
    {
        var written = new ContactCodec().Write(DocumentId.Of(A.Tenant, A.Ada), A.Contact(A.Ada), heldBy: ["case-1"]).Body;

        Assert.False(written.Contains("expire_at"));
        Assert.Equal(new BsonArray { "case-1" }, written["holds"]);
        Assert.Equal(Snapshot.Of(A.Contact(A.Ada)), Snapshot.Of(new ContactCodec().Read(written)));
    }

    [Fact]
    [Trait("Compliance", "E45")]
    public void Times_are_kept_to_the_millisecond_in_utc()
    {
        var sent = A.Count() with { StartedAt = new DateTimeOffset(2026, 3, 2, 14, 0, 0, 1, 999, TimeSpan.FromHours(2)) };

        var stored = RoundTrip(new CountCodec(), DocumentId.OfCount(sent), sent);

        Assert.Equal(A.Noon.AddMilliseconds(1), stored.StartedAt);
        Assert.Equal(TimeSpan.Zero, stored.StartedAt.Offset);
    }

    private static void AssertRoundTrip<T>(DocumentCodec<T> codec, Gen<T> documents, Func<T, string> idOf)
        where T : class => documents.Sample(document => Assert.Equal(Snapshot.Of(document), Snapshot.Of(RoundTrip(codec, idOf(document), document))), iter: 300);

    /// <summary>Through the bytes, as the server would keep them.</summary>
    private static T RoundTrip<T>(DocumentCodec<T> codec, string id, T document)
        where T : class => codec.Read(BsonSerializer.Deserialize<BsonDocument>(codec.Write(id, document, heldBy: []).Body.ToBson()));
}
