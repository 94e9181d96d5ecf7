using Tracker.Core.Model;

namespace Tracker.Core.Ingestion;

/// <summary>What a micro-batch will write, and what each of its interactions will be told once it is durable.</summary>
internal sealed class MicroBatchPlan(TenantId tenant, BatchId id)
{
    private readonly List<(PendingInteraction Item, InteractionWrite Write, InteractionOutcome Outcome)> _permitted = [];
    private readonly Dictionary<InteractionKey, List<PendingInteraction>> _repeats = [];
    private readonly Dictionary<ProfileId, ProfileDraft> _profiles = [];

    public BatchId Id => id;

    /// <summary>The same message twice in one micro-batch: the second shares the fate of the first.</summary>
    public bool IsRepeat(PendingInteraction item)
    {
        if (!_repeats.TryGetValue(item.Interaction.Key, out var repeats))
        {
            return false;
        }

        repeats.Add(item);
        return true;
    }

    public void Add(PendingInteraction item, InteractionWrite write, ProfileDraft? profile, InteractionOutcome outcome)
    {
        _permitted.Add((item, write, outcome));
        _repeats[item.Interaction.Key] = [];
        if (profile is not null)
        {
            _profiles[profile.Id] = profile;
        }
    }

    public bool IsEmpty => _permitted.Count == 0;

    public MicroBatch ToMicroBatch() => new(
        tenant,
        id,
        [.. _profiles.Values.Select(profile => profile.ToChange())],
        [.. _permitted.Select(permitted => permitted.Write)]);

    /// <returns>What was stored of people now, each until its end.</returns>
    public IReadOnlyList<(Interaction Interaction, ProfileDraft Profile, DateTimeOffset End)> Stored(IReadOnlyList<CommitAnswer> answers) =>
    [
        .. _permitted
            .Where((permitted, i) => answers[i] == CommitAnswer.Stored && _profiles.ContainsKey(permitted.Write.Profile))
            .Select(permitted => (permitted.Item.Interaction, _profiles[permitted.Write.Profile], permitted.Write.End)),
    ];

    /// <returns>The interactions that must be decided again.</returns>
    public IReadOnlySet<PendingInteraction> Settle(IReadOnlyList<CommitAnswer> answers)
    {
        HashSet<PendingInteraction> stale = [];
        for (var i = 0; i < _permitted.Count; i++)
        {
            var (item, _, outcome) = _permitted[i];
            var repeats = _repeats[item.Interaction.Key];
            if (answers[i] == CommitAnswer.Stale)
            {
                stale.Add(item);
                stale.UnionWith(repeats);
                continue;
            }

            item.Outcome = answers[i] == CommitAnswer.Stored ? outcome : Outcomes.Duplicate(item.Interaction);
            repeats.ForEach(repeat => repeat.Outcome = Outcomes.Duplicate(repeat.Interaction));
        }

        return stale;
    }
}
