using System.Runtime.CompilerServices;
using Tracker.Core.Consents;
using Tracker.Core.Identities;
using Tracker.Core.Identities.Matching;
using Tracker.Core.Identities.Persons;
using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles.Matching;

/// <summary>
/// Looks for profiles that may be of one person, for somebody to decide. Whoever may be profiled is compared (GDPR Art. 4(4)), by what the purpose of
/// the question may see of them and no more. Nothing is stored and nothing is merged.
/// </summary>
public sealed class MatchSuggester(
    IIdentityStore identities,
    IProfileReader reader,
    PeopleReader people,
    PayloadOpener opener,
    PolicyRegister policies,
    TimeProvider time) : IDisposable
{
    public const int DefaultSuggestions = 100;
    public const int MaxSuggestions = 1_000;
    public const int DefaultProfiles = 100_000;
    public const int MaxProfiles = 1_000_000;

    private const int ChunkSize = 200;

    private readonly SemaphoreSlim _searches = new(1, 1);

    /// <exception cref="RefusalException">Fields are out of range; all of them are named. Or another search is running: each holds what everybody states, and takes a core.</exception>
    public async IAsyncEnumerable<MatchProgress> SuggestAsync(Caller caller, MatchQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        Check(query).Refuse();
        if (!await _searches.WaitAsync(TimeSpan.Zero, cancellation))
        {
            throw RefusalException.SearchRunning();
        }

        try
        {
            await foreach (var progress in SearchAsync(caller, query, cancellation))
            {
                yield return progress;
            }
        }
        finally
        {
            _searches.Release();
        }
    }

    public void Dispose() => _searches.Dispose();

    private async IAsyncEnumerable<MatchProgress> SearchAsync(Caller caller, MatchQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var most = query.MaxProfiles == 0 ? DefaultProfiles : query.MaxProfiles;
        List<MatchCandidate> candidates = [];
        var (seen, isComplete, after) = (0, false, (ProfileId?)null);
        while (!isComplete && seen < most)
        {
            var size = Math.Min(ChunkSize, most - seen);
            var page = await identities.ListProfilesAsync(caller.Tenant, after, size, cancellation);
            candidates.AddRange(await ReadAsync(caller, page, query.Purpose, cancellation));
            (seen, after) = (seen + page.Count, page.Count == 0 ? after : page[^1]);
            isComplete = page.Count < size || (seen == most && (await identities.ListProfilesAsync(caller.Tenant, after, 1, cancellation)).Count == 0);
            yield return new(seen, candidates.Count, IsDone: false, isComplete, []);
        }

        // It takes a core for as long as it lasts, so it is not the one of the call.
        var suggested = await Task.Run(() => Compare(candidates, query, cancellation), cancellation);
        var compared = candidates.ToDictionary(candidate => candidate.Details.Profile, candidate => candidate.Details);
        yield return new(seen, candidates.Count, IsDone: true, isComplete, await ConfirmAsync(caller, suggested, compared, query, cancellation));
    }

    private static IReadOnlyList<SuggestedMatch> Compare(List<MatchCandidate> candidates, MatchQuery query, CancellationToken cancellation)
    {
        var known = candidates.ToDictionary(candidate => candidate.Details.Profile);
        return PersonMatcher.Suggest(
            [.. candidates.Select(candidate => candidate.Details)],
            query.MinScore == 0 ? PersonMatcher.DefaultThreshold : query.MinScore,
            MaxSuggestions * 2,
            (one, other) => known[one.Profile].MayBe(known[other.Profile]),
            one => known[one.Profile].Person,
            cancellation);
    }

    /// <summary>Who withdrew, ended, was merged or states something else meanwhile is suggested no more, and of two people one suggestion is enough.</summary>
    private async Task<IReadOnlyList<SuggestedMatch>> ConfirmAsync(Caller caller, IReadOnlyList<SuggestedMatch> suggested, Dictionary<ProfileId, MatchDetails> compared, MatchQuery query, CancellationToken cancellation)
    {
        var most = query.MaxSuggestions == 0 ? DefaultSuggestions : query.MaxSuggestions;
        var rules = policies.For(caller.Tenant).Identity;
        HashSet<(ProfileId, ProfileId)> told = [];
        List<SuggestedMatch> confirmed = [];
        foreach (var chunk in suggested.Chunk(ChunkSize / 2).TakeWhile(_ => confirmed.Count < most))
        {
            var now = (await ReadAsync(caller, [.. chunk.SelectMany(match => new[] { match.One, match.Other }).Distinct()], query.Purpose, cancellation)).ToDictionary(candidate => candidate.Details.Profile);
            foreach (var match in chunk)
            {
                if (now.GetValueOrDefault(match.One) is { } one && now.GetValueOrDefault(match.Other) is { } other
                    && (one.Details, other.Details) == (compared[match.One], compared[match.Other])
                    && one.MayBe(other)
                    && told.Add(one.Person.CompareTo(other.Person) < 0 ? (one.Person, other.Person) : (other.Person, one.Person))
                    && await MayBeMergedAsync(caller.Tenant, match.One, match.Other, rules, cancellation))
                {
                    confirmed.Add(match);
                }
            }
        }

        return [.. confirmed.Take(most)];
    }

    /// <summary>With all the profiles of both: what stands against it may be another's than those that were compared.</summary>
    private async Task<bool> MayBeMergedAsync(TenantId tenant, ProfileId one, ProfileId other, IdentityRules rules, CancellationToken cancellation)
    {
        var two = (await identities.ReadControlsAsync(tenant, [one, other], cancellation)).OfType<Control>().ToList();
        var all = (await identities.ReadControlsAsync(tenant, [.. two.SelectMany(control => control.Members.Append(control.Profile)).Distinct().Order()], cancellation)).OfType<Control>().ToList();
        var person = new Person(all);
        return two.Count == 2 && person.Bars(rules).Count == 0 && !PersonGraph.AreKnownAsTwo(one, other, person.Links);
    }

    private async Task<List<MatchCandidate>> ReadAsync(Caller caller, IReadOnlyList<ProfileId> page, Purpose purpose, CancellationToken cancellation)
    {
        var (policy, now) = (policies.For(caller.Tenant), time.GetUtcNow());
        var known = await people.ReadAsync(caller, [.. page.Select(profile => new ProfileReference(profile, null))], policy, cancellation);
        List<KnownPerson> permitted = [.. known.OfType<KnownPerson>().Where(person => MayBeCompared(person, purpose, policy, now))];
        var contacts = await reader.ReadContactsAsync(caller.Tenant, [.. permitted.Select(person => person.Control.Profile)], cancellation);
        List<(KnownPerson Person, ContactDocument Contact, ReadGate Gate)> stated =
            [.. permitted.Zip(contacts).Where(pair => pair.Second is not null).Select(pair => (pair.First, pair.Second!, new ReadGate(purpose, policy, pair.First, now)))];
        var opened = await opener.OpenAsync([.. stated.Select(one => one.Contact)], cancellation);
        return
        [
            .. stated.Zip(opened)
                .Select(pair => (pair.First.Person, Details: DetailsOf(pair.First.Contact, pair.First.Gate, pair.Second, policy.BlockedIdentifiers)))
                .Where(one => !one.Details.IsEmpty)
                .Select(one => MatchCandidate.Of(one.Details, one.Person, policy.Identity)),
        ];
    }

    private static bool MayBeCompared(KnownPerson person, Purpose purpose, Policy policy, DateTimeOffset now) =>
        !person.Control.IsRestricted
        && new[] { Purpose.Profiling, purpose }.All(asked => Gate.Decide(policy, asked, GateQuestion.About(person.Control, person.History, person.Age, now)).IsPermitted);

    private static MatchDetails DetailsOf(ContactDocument contact, ReadGate gate, ContactContent? opened, BlockedIdentifiers blocked)
    {
        var grants = gate.Find(contact);
        var seen = grants.Count == 0 || opened is null ? [] : gate.See(contact, grants, opened);
        return MatchDetails.Of(contact.Profile, seen.Aggregate(InteractionContent.Empty, (content, field) => field.Value.Over(content)).Contact ?? new(), blocked);
    }

    private static Violations Check(MatchQuery query)
    {
        var violations = Violations.After(query.Violations);
        violations.Require(query.Purpose != Purpose.Unspecified, "purpose", "is required: every read of personal data names what it is for (GDPR Art. 5(1)(b))");
        violations.Require(query.MinScore is >= 0 and <= 1, "min_score", "must be 0 to 1");
        violations.Require(query.MaxSuggestions is >= 0 and <= MaxSuggestions, "max_suggestions", $"must be 0 to {MaxSuggestions}");
        violations.Require(query.MaxProfiles is >= 0 and <= MaxProfiles, "max_profiles", $"must be 0 to {MaxProfiles}");
        return violations;
    }
}
