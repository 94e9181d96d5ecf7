using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.Core.Policies;

namespace Tracker.Core.Profiles;

/// <summary>Records of a person, newest first, whatever profile of theirs they came with.</summary>
internal sealed class TimelineSource(IProfileReader reader, IReadOnlyList<KnownPerson> members, Purpose purpose, Policy policy, DateTimeOffset now)
{
    private readonly Dictionary<ProfileId, ReadGate> _gates = members.ToDictionary(member => member.Control.Profile, member => new ReadGate(purpose, policy, member, now));

    /// <summary>Each profile has its own: what one may show, another need not.</summary>
    public ReadGate GateOf(InteractionRecord record) => _gates[record.Profile];

    /// <param name="query">Of any of the profiles; its limit is that of the chunk.</param>
    public async Task<IReadOnlyList<InteractionRecord>> ListAsync(RecordQuery query, CancellationToken cancellation)
    {
        if (members is [var only])
        {
            return await reader.ListAsync(query with { Profile = only.Control.Profile }, cancellation);
        }

        List<InteractionRecord> records = [];
        foreach (var member in members)
        {
            records.AddRange(await reader.ListAsync(query with { Profile = member.Control.Profile }, cancellation));
        }

        return [.. records.OrderByDescending(record => record.OccurredAt).ThenBy(record => record.Key).Take(query.Limit)];
    }
}
