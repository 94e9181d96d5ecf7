using CsCheck;
using Tracker.Core.Identities;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention;
using Tracker.Core.Retention.Nodes;
using Tracker.Storage.RocksDb.Catalog;
using Tracker.Storage.RocksDb.Consents;
using Tracker.Storage.RocksDb.Counts;
using Tracker.Storage.RocksDb.Documents;
using Tracker.Storage.RocksDb.Engine;
using Tracker.Storage.RocksDb.Identities;
using Tracker.Storage.RocksDb.Keys;
using Tracker.Storage.RocksDb.Policies;
using Tracker.Storage.RocksDb.Profiles;
using Tracker.Storage.RocksDb.Records;
using Tracker.Storage.RocksDb.Retention;
using Tracker.Storage.Tests.Contracts.Documents;
using Tracker.TestKit;

namespace Tracker.Storage.Tests.RocksDb.Documents;

public sealed class CodecTests
{
    [Fact]
    public void Record_comes_back_as_it_was_written() => AssertRoundTrip(new RecordCodec(), Arbitrary.Record);

    [Fact]
    public void Control_comes_back_as_it_was_written() => AssertRoundTrip(new ControlCodec(), ArbitraryPerson.Control);

    [Fact]
    public void Control_from_before_a_contract_proved_itself_is_read_with_defaults() => Arbitrary.Control.Sample(control =>
    {
        var before = control with { Facts = control.Facts with { AccountShownAt = null, LoyaltyJoinedAt = null, LoyaltyLeftAt = null, LoyaltyShownAt = null, PurchasingSince = null } };
        var written = new ControlCodec().Write(new DocumentWriter(), before);

        // Five times that are not known are five bytes, the last of a document.
        Assert.Equal(Snapshot.Of(before), Snapshot.Of(new ControlCodec().Deserialize(written[..^5])));
    });

    [Fact]
    public void Control_from_before_runs_of_purchases_were_remembered_is_read_with_none() => Arbitrary.Control.Sample(control =>
    {
        var before = control with { Facts = control.Facts with { PurchasingSince = null } };
        var written = new ControlCodec().Write(new DocumentWriter(), before);

        Assert.Equal(Snapshot.Of(before), Snapshot.Of(new ControlCodec().Deserialize(written[..^1])));
    });

    [Fact]
    public void Contact_comes_back_as_it_was_written() => AssertRoundTrip(new ContactCodec(), ArbitraryTerms.Contact);

    [Fact]
    [Trait("Compliance", "E15")]
    public void Grants_from_before_sources_for_children_were_kept_are_of_none()
    {
        AssertTail(new RecordCodec(), A.Record(), record => record with { Grants = [.. record.Grants.Select(grant => grant with { IsChildDirected = true })] });
        AssertTail(new ContactCodec(), A.Contact(A.Ada), contact => contact with { Grants = [.. contact.Grants.Select(grant => grant with { IsChildDirected = true })] });

        // What a source for children adds is its count and a byte for the one grant, the last of a document.
        static void AssertTail<T>(DocumentCodec<T> codec, T before, Func<T, T> flag)
            where T : class
        {
            Assert.Equal(Snapshot.Of(before), Snapshot.Of(codec.Deserialize(codec.Write(new DocumentWriter(), flag(before))[..^2])));
            Assert.Equal(codec.Write(new DocumentWriter(), before), codec.Write(new DocumentWriter(), flag(before))[..^2]);
        }
    }

    [Fact]
    public void Contact_written_before_its_rights_told_when_they_were_given_reads_as_one_that_does_not_say()
    {
        var codec = new ContactCodec();
        var before = A.Contact(A.Ada);
        var dated = before with { Grants = [.. before.Grants.Select(grant => grant with { GivenAt = A.Noon })] };

        Assert.Equal(Snapshot.Of(dated), Snapshot.Of(codec.Deserialize(codec.Write(new DocumentWriter(), dated))));
        Assert.Null(codec.Deserialize(codec.Write(new DocumentWriter(), before)).Grants[0].GivenAt);
    }

    [Fact]
    public void Contact_written_before_its_rights_told_which_policy_their_end_is_from_reads_as_one_that_does_not_say()
    {
        var codec = new ContactCodec();
        var dated = A.Contact(A.Ada) with { Grants = [.. A.Contact(A.Ada).Grants.Select(grant => grant with { GivenAt = A.Noon })] };
        var termed = dated with { Grants = [.. dated.Grants.Select(grant => grant with { EndPolicy = "ab" })] };
        var tail = new DocumentWriter();
        foreach (var grant in termed.Grants)
        {
            tail.Text("");
            tail.Text(grant.EndPolicy);
        }

        Assert.Equal(Snapshot.Of(dated), Snapshot.Of(codec.Deserialize(codec.Write(new DocumentWriter(), termed)[..^tail.Written.Length])));
    }

    [Fact]
    public void Record_from_before_it_told_its_medium_reads_as_one_for_any()
    {
        var codec = new RecordCodec();
        var before = A.Record() with { Grants = [.. A.Record().Grants.Select(grant => grant with { IsChildDirected = true })] };
        var mailed = before with { Grants = [.. before.Grants.Select(grant => grant with { ContactChannel = ContactChannel.Email })] };
        var tail = new DocumentWriter();
        tail.Texts([]);
        tail.Bytes([.. mailed.Grants.Select(grant => (byte)grant.ContactChannel)]);

        Assert.Equal(Snapshot.Of(mailed), Snapshot.Of(codec.Deserialize(codec.Write(new DocumentWriter(), mailed))));
        Assert.Equal(codec.Write(new DocumentWriter(), before), codec.Write(new DocumentWriter(), mailed)[..^tail.Written.Length]);
    }

    [Fact]
    public void Record_that_told_which_policy_a_claimed_sale_was_stored_under_is_read()
    {
        var codec = new RecordCodec();
        var before = A.Record() with { Grants = [.. A.Record().Grants.Select(grant => grant with { IsChildDirected = true })] };
        var tail = new DocumentWriter();
        tail.Texts(["cd"]);

        Assert.Equal(Snapshot.Of(before), Snapshot.Of(codec.Deserialize([.. codec.Write(new DocumentWriter(), before), .. tail.Written])));
    }

    [Fact]
    public void Keys_come_back_as_they_were_written() => AssertRoundTrip(new ProfileKeysCodec(), Arbitrary.Keys);

    [Fact]
    public void Consent_comes_back_as_it_was_written() => AssertRoundTrip(new ConsentCodec(), ArbitraryTerms.Consent);

    [Fact]
    public void Notice_comes_back_as_it_was_written() => AssertRoundTrip(new NoticeCodec(), ArbitraryTerms.Notice);

    [Fact]
    public void Count_comes_back_as_it_was_written() => AssertRoundTrip(new CountCodec(), Arbitrary.Count);

    [Fact]
    public void Catalogue_entry_comes_back_as_it_was_written() => AssertRoundTrip(new CatalogCodec(), Arbitrary.CatalogEntry);

    [Fact]
    public void Identifier_comes_back_as_it_was_written() => AssertRoundTrip(
        new IdentifierLinkCodec(),
        Gen.Select(Gen.Guid, Arbitrary.Time, Gen.Guid.Array[0, 3], (profile, end, earlier) => new IdentifierLink(new ProfileId(profile), end, [.. earlier.Select(other => new ProfileId(other))])));

    [Fact]
    public void Consent_request_comes_back_as_it_was_written() => AssertRoundTrip(
        new ConsentRequestCodec(),
        Gen.Select(Gen.Guid, Gen.Long, Gen.Long, Arbitrary.Time, (profile, sequence, epoch, end) => new ConsentRequest(new ProfileId(profile), sequence, epoch, end)));

    [Fact]
    public void Entry_of_an_interaction_comes_back_as_it_was_written() => AssertRoundTrip(
        new InteractionEntryCodec(),
        Gen.Select(Arbitrary.Record, Gen.UShort, Arbitrary.Time, (record, present, end) => new InteractionEntry
        {
            Key = record.Key,
            Tenant = record.Tenant,
            Profile = record.Profile,
            OccurredAt = record.OccurredAt,
            Present = new RetentionClasses(present),
            Expected = record.Classes,
            Batch = record.Batch,
            ExpireAt = end,
        }));

    [Fact]
    public void Contract_comes_back_as_it_was_written() => AssertRoundTrip(
        new ContractLinkCodec(),
        Gen.Select(Arbitrary.Record, Arbitrary.Time, (record, end) => new ContractLink(record.Tenant, record.Key.Hash, record.Profile, end) { StartedAt = record.OccurredAt, EndedAt = end, OrderEndedAt = record.ReceivedAt }));

    [Fact]
    public void Contract_from_before_the_end_of_an_order_was_kept_is_read_with_none() => Gen.Select(Arbitrary.Record, Arbitrary.Time).Sample((record, end) =>
    {
        var before = new ContractLink(record.Tenant, record.Key.Hash, record.Profile, end) { StartedAt = record.OccurredAt, EndedAt = end };
        var written = new ContractLinkCodec().Write(new DocumentWriter(), before);

        Assert.Equal(before, new ContractLinkCodec().Deserialize(written[..^1]));
    });

    [Fact]
    public void Receipt_link_comes_back_as_it_was_written() => AssertRoundTrip(
        new ReceiptLinkCodec(),
        Gen.Select(Arbitrary.Record, Arbitrary.Time, (record, end) => new ReceiptLink(record.Tenant, A.ReceiptNumber(record.Key.Day).OfScheme(7), record.Key, end)));

    [Fact]
    public void Policy_comes_back_as_it_was_written() => AssertRoundTrip(
        new PolicyVersionCodec(),
        Gen.Select(Arbitrary.Notice, Gen.Byte.Array[0, 300], Arbitrary.Time.Array[0, 3], (notice, bytes, resumed) => new PolicyVersion(notice.Tenant, notice.Version, bytes, bytes, notice.EffectiveAt, notice.ExpireAt) { ResumedAt = resumed }));

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
        }));

    [Fact]
    public void Rollout_comes_back_as_it_was_written() => AssertRoundTrip(
        new RolloutCodec(),
        Gen.Select(Arbitrary.Notice, Gen.Byte.Array[0, 32], Gen.Guid, Gen.Bool, Gen.Bool, (notice, sha, after, hasAfter, isFinished) => new Rollout(
            notice.Tenant,
            sha,
            notice.EffectiveAt,
            hasAfter ? new ProfileId(after) : null,
            isFinished ? notice.RegisteredAt : null,
            notice.ExpireAt)
        {
            NextAt = hasAfter ? notice.RegisteredAt : null,
            ProductsDecidedBefore = isFinished ? notice.RegisteredAt : null,
            Version = sha.Length,
            HasVisitedProfiles = isFinished,
            AfterUnowned = hasAfter ? new(notice.RegisteredAt, A.Key(1), RetentionClass.Fiscal) : null,
        }));

    [Fact]
    public void Lease_comes_back_as_it_was_written() => AssertRoundTrip(
        new LeaseCodec(),
        Gen.Select(Arbitrary.Time, Gen.Enum<BackgroundWork>(), Gen.Long[1, long.MaxValue], Gen.Bool, (until, work, fence, isHeld) => new Lease(work, isHeld ? "one" : null, fence, until)));

    [Fact]
    public void Rollout_from_before_it_had_versions_is_read_with_none()
    {
        var before = A.Rollout(version: 0);
        var written = new RolloutCodec().Write(new DocumentWriter(), before);

        // A number is eight bytes, and behind it are two flags.
        Assert.Equal(Snapshot.Of(before), Snapshot.Of(new RolloutCodec().Deserialize(written[..^10])));
    }

    [Fact]
    public void Rollout_from_before_records_of_nobody_had_their_turn_is_read_as_one_of_profiles()
    {
        var before = A.Rollout(version: 3);
        var written = new RolloutCodec().Write(new DocumentWriter(), before);

        Assert.Equal(Snapshot.Of(before), Snapshot.Of(new RolloutCodec().Deserialize(written[..^2])));
    }

    [Fact]
    public void Errand_comes_back_from_its_key() => Gen.Select(Arbitrary.Record, Gen.Long[0, 253_402_300_799_999]).Sample((record, due) =>
    {
        var errand = new Errand(record.Tenant, record.Profile, DateTimeOffset.FromUnixTimeMilliseconds(due));

        return ErrandKey.Read(ErrandKey.Write(new byte[KeyBuilder.MaxSize], errand)) == errand;
    });

    [Fact]
    [Trait("Compliance", "E45")]
    public void Times_are_kept_to_the_millisecond_in_utc()
    {
        var sent = A.Count() with { StartedAt = new DateTimeOffset(2026, 3, 2, 14, 0, 0, 1, 999, TimeSpan.FromHours(2)) };

        var stored = RoundTrip(new CountCodec(), sent);

        Assert.Equal(A.Noon.AddMilliseconds(1), stored.StartedAt);
        Assert.Equal(TimeSpan.Zero, stored.StartedAt.Offset);
    }

    [Fact]
    public void Document_of_an_unknown_format_is_a_fault()
    {
        var codec = new CountCodec();
        var bytes = codec.Write(new DocumentWriter(), A.Count()).ToArray();
        bytes[0] = 9;

        var fault = Assert.Throws<InvalidOperationException>(() => codec.Deserialize(bytes));

        Assert.Contains("unknown format 9", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertRoundTrip<T>(DocumentCodec<T> codec, Gen<T> documents)
        where T : class => documents.Sample(document => Assert.Equal(Snapshot.Of(document), Snapshot.Of(RoundTrip(codec, document))), iter: 300);

    private static T RoundTrip<T>(DocumentCodec<T> codec, T document)
        where T : class => codec.Deserialize(codec.Write(new DocumentWriter(), document));
}
