using System.Buffers.Binary;
using Tracker.Core.Catalog;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Policies.History;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles;

/// <summary>The read side: for one purpose, only what that purpose may see now.</summary>
public sealed class ProfileQueries(
    PeopleReader people,
    EarlierVisits earlier,
    IProfileReader reader,
    IContractStore contracts,
    PayloadOpener opener,
    ICatalogStore catalog,
    PageTokens pages,
    PolicyRegister policies,
    TimeProvider time)
{
    // Filters and ended grants leave records out; a page is filled from chunks until it is full or nothing is left.
    private const int ChunkSize = 200;

    public async Task<ProfileView> GetAsync(Caller caller, ProfileReference? reference, Purpose purpose, CancellationToken cancellation)
    {
        Check(reference, purpose, []).Refuse();
        var policy = policies.For(caller.Tenant);
        var now = time.GetUtcNow();
        var members = await GetPersonAsync(caller, reference, policy, cancellation);
        var view = new ProfileView { Id = IdOf(members), ConsentEpoch = members[0].Control.DecisionEpoch };
        List<KnownPerson> permitted = [.. members.Where(member => Gate.Decide(policy, purpose, GateQuestion.About(member.Control, member.History, member.Age, now)).IsPermitted)];
        if (permitted.Count == 0)
        {
            // A purpose without a basis for this person learns that the profile exists, and nothing else.
            return view;
        }

        List<Control> controls = [.. permitted.Select(member => member.Control)];
        var said = await ReadContactAsync(permitted, purpose, policy, now, cancellation);
        var visible = said.Aggregate(InteractionContent.Empty, (content, field) => field.Value.Over(content));
        var lastInteractionAt = controls.Max(control => control.LastInteractionAt);
        var firstSeenAt = controls.Min(Activity.FirstKnown);
        var facts = controls.Aggregate(Facts.None, (all, control) => all.Merge(control.Facts));
        return view with
        {
            Members = [.. members.Select(member => member.Control.Profile).Order()],
            Stage = Stages.At(facts, lastInteractionAt, policy, now),
            StageHistory = StageHistory.Of(facts, firstSeenAt, lastInteractionAt, policy, now),
            FirstSeenAt = firstSeenAt,
            Contact = visible.Contact,
            Preferences = visible.Preferences,
            Statements = said,
            LastInteractionAt = lastInteractionAt,
            IdentifierKinds = [.. controls.SelectMany(control => control.Identifiers).Select(identifier => identifier.Kind).Distinct().OrderByDescending(kind => policy.Identity.Of(kind).Priority)],
            ExpireAt = controls.Max(control => control.ExpireAt) is var end && end < StoredTime.NoEnd ? end : null,
        };
    }

    public async Task<Timeline> ListAsync(Caller caller, TimelineQuery query, CancellationToken cancellation)
    {
        Check(query).Refuse();
        var policy = policies.For(caller.Tenant);
        var members = await GetPersonAsync(caller, query.Profile, policy, cancellation);
        var now = time.GetUtcNow();
        List<KnownPerson> parts = [.. members, .. await earlier.ReadAsync(members, query.Purpose, policy, now, cancellation)];
        var source = new TimelineSource(reader, parts, query.Purpose, policy, now);
        var name = Name(IdOf(members), query);
        var position = ReadPosition(pages.Read(caller.Tenant, name, query.PageToken));
        var size = PageTokens.Size(query.PageSize);
        List<(InteractionRecord Record, DateTimeOffset? EndedAt)> found = [];
        if (policy.Purposes.TryGetValue(query.Purpose, out var rule))
        {
            // One more than a page, to know whether there is a next one.
            await FillAsync(found, size + 1, new(caller.Tenant, IdOf(members), rule.Class, query.From, query.Until, position, ChunkSize), query, policy, source, cancellation);
        }

        var hasMore = found.Count > size;
        List<(InteractionRecord Record, DateTimeOffset? EndedAt)> page = [.. found.Take(size)];
        var opened = await opener.OpenAsync([.. page.Select(item => item.Record)], cancellation);
        var products = await catalog.FindSpecialAsync(caller.Tenant, opened.OfType<SealedContent>().Select(found => found.Content), cancellation);
        return new Timeline(
            [.. page.Zip(opened).SelectMany(pair => Seen(pair.First, pair.Second, products, policy, source.GateOf(pair.First.Record)))],
            hasMore ? pages.Write(caller.Tenant, name, WritePosition(page[^1].Record)) : "")
        {
            Of = (IdOf(members), parts.Sum(part => part.Control.DecisionEpoch)),
        };
    }

    /// <summary>The oldest profile's, however the person was named.</summary>
    private static ProfileId IdOf(IReadOnlyList<KnownPerson> members) => members.Min(member => member.Control.Profile);

    /// <returns>All profiles of the person, the named one first.</returns>
    private async Task<IReadOnlyList<KnownPerson>> GetPersonAsync(Caller caller, ProfileReference? reference, Policy policy, CancellationToken cancellation)
    {
        var named = await people.FindAsync(caller, reference!, policy, cancellation) ?? throw RefusalException.ProfileNotFound();
        return await people.ReadMembersAsync(caller, named, policy, cancellation);
    }

    /// <summary>Nothing where the key is gone, or where all that the purpose would see has become special since (E35).</summary>
    private static IEnumerable<TimelineItem> Seen(
        (InteractionRecord Record, DateTimeOffset? EndedAt) found,
        SealedContent? opened,
        SpecialProducts products,
        Policy policy,
        ReadGate gate) =>
        opened is not null
        && gate.Find(found.Record, found.EndedAt, RecordAnchors.FiscalEntry(opened.Content, found.Record.OccurredAt, policy)) is { } readable
        && gate.See(readable.Grant, opened.Content, products) is { } seen
            ? [new(found.Record, readable.Grant, opened.MessageId, seen.Keep(readable.Fields))]
            : [];

    /// <summary>Of each field what was said last, to whichever of the profiles that may show it.</summary>
    private async Task<IReadOnlyList<SaidField>> ReadContactAsync(IReadOnlyList<KnownPerson> members, Purpose purpose, Policy policy, DateTimeOffset now, CancellationToken cancellation)
    {
        List<SaidField> said = [];
        foreach (var member in members)
        {
            said.AddRange(await ReadContactAsync(member.Control, new ReadGate(purpose, policy, member, now), cancellation));
        }

        return [.. said.GroupBy(field => field.Field).Select(ofField => ofField.OrderBy(field => field.At).Last()).OrderBy(field => field.Field)];
    }

    private async Task<IReadOnlyList<SaidField>> ReadContactAsync(Control control, ReadGate gate, CancellationToken cancellation)
    {
        var contact = await reader.FindContactAsync(control.Tenant, control.Profile, cancellation);
        var grants = contact is null ? [] : gate.Find(contact);
        return grants.Count == 0 || await opener.OpenAsync(contact!, cancellation) is not { } opened ? [] : gate.See(contact!, grants, opened);
    }

    private async Task FillAsync(
        List<(InteractionRecord Record, DateTimeOffset? EndedAt)> found,
        int wanted,
        RecordQuery chunk,
        TimelineQuery query,
        Policy policy,
        TimelineSource source,
        CancellationToken cancellation)
    {
        while (found.Count < wanted)
        {
            var records = await source.ListAsync(chunk, cancellation);
            List<InteractionRecord> asked = [.. records.Where(record => IsAskedFor(record, query))];
            var ends = await ReadEndsAsync(asked, policy, cancellation);
            found.AddRange(asked
                .Select(record => (Record: record, EndedAt: ends[record.Profile].Of(record)))
                .Where(one => source.GateOf(one.Record).Find(one.Record, one.EndedAt) is not null)
                .Take(wanted - found.Count));

            if (records.Count < ChunkSize)
            {
                return;
            }

            chunk = chunk with { After = new(records[^1].OccurredAt, records[^1].Key) };
        }
    }

    private async Task<Dictionary<ProfileId, ContractEnds>> ReadEndsAsync(List<InteractionRecord> records, Policy policy, CancellationToken cancellation)
    {
        List<UInt128> named = [.. records.SelectMany(record => record.References).Distinct()];
        var links = named.Count == 0 ? [] : await contracts.FindAsync(records[0].Tenant, named, cancellation);
        return records.Select(record => record.Profile).Distinct().ToDictionary(profile => profile, profile =>
        {
            var ends = new ContractEnds(policy);
            ends.Note(links, profile);
            return ends;
        });
    }

    private static bool IsAskedFor(InteractionRecord record, TimelineQuery query) =>
        (query.Channels.Count == 0 || query.Channels.Contains(record.Channel))
        && (query.Types.Count == 0 || query.Types.Contains(record.Type));

    private static Violations Check(ProfileReference? reference, Purpose purpose, IReadOnlyList<Violation> conversion)
    {
        var violations = Violations.After(conversion);
        violations.Require(reference is not null, "profile", "is required: profile_id or identifier");
        violations.Require(purpose != Purpose.Unspecified, "purpose", "is required: every read of personal data names what it is for (GDPR Art. 5(1)(b))");
        return violations;
    }

    private static Violations Check(TimelineQuery query)
    {
        var violations = Check(query.Profile, query.Purpose, query.Violations);
        violations.Require(
            query.Purpose != Purpose.RightsHandling,
            "purpose",
            "must be one that interactions are kept for; RIGHTS_HANDLING is none. Of one record ask ExplainRecord, which takes it; all that is held of a person is for RightsService, which is not there yet");
        violations.Require(query.PageSize >= 0, "page_size", "must not be negative; 0 is the default, and too large a size is clamped");
        violations.Require(query.From is null || query.Until is null || query.From < query.Until, "until_at", "must be after from_at");
        violations.Require(!query.Channels.Contains(Channel.Unspecified) || query.Violations.Count > 0, "channels", "must not hold UNSPECIFIED");
        return violations;
    }

    /// <summary>What a page token is good for: exactly this query, but for the size of the page.</summary>
    private static string Name(ProfileId profile, TimelineQuery query) =>
        $"timeline/{profile}/{query.Purpose}/{string.Join(',', query.Channels)}/{string.Join(',', query.Types)}/{query.From?.UtcTicks}/{query.Until?.UtcTicks}";

    private static byte[] WritePosition(InteractionRecord record)
    {
        var bytes = new byte[8 + InteractionKey.Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, record.OccurredAt.ToUnixTimeMilliseconds());
        record.Key.Write(bytes.AsSpan(8));
        return bytes;
    }

    private static RecordPosition? ReadPosition(byte[]? bytes) => bytes is null
        ? null
        : new(DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(bytes)), InteractionKey.Read(bytes.AsSpan(8)));
}
