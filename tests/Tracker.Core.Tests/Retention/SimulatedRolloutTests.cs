using CsCheck;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Policies;
using Tracker.Core.Retention.Simulation;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Retention;

/// <summary>What a simulation answers is what the rule does once it is in force.</summary>
public sealed class SimulatedRolloutTests
{
    private static readonly Identifier[] People = [An.Ada, new(IdentifierKind.Email, "bea@example.com"), new(IdentifierKind.Email, "eve@example.com")];

    private enum Act
    {
        Receipt,
        Consent,
        Newsletter,
        Account,
        SoftOptIn,
        Withdrawal,
    }

    private static readonly Gen<(Act What, int Person, int Month)[]> Lives =
        Gen.Select(Gen.Int[0, 5].Select(act => (Act)act), Gen.Int[0, 2], Gen.Int[0, 24]).Array[2, 10];

    [Theory]
    [InlineData("IT-ORD-1", "CONTRACT_END")]
    [InlineData("IT-MKT-1", "LAST_INTERACTION")]
    [InlineData("IT-SOI-1", "LAST_PURCHASE")]
    [InlineData("IT-SVC-1", "LAST_INTERACTION")]
    [InlineData("IT-EVI-1", "CONSENT_END")]
    [Trait("Compliance", "E19")]
    public async Task It_tells_exactly_what_the_rollout_then_deletes_and_strips_and_in_which_months_others_end(string rule, string anchor) =>
        await Gen.Select(Lives, Gen.Int[1, 23]).SampleAsync(async (life, months) =>
        {
            var before = await StartAsync(life);
            var told = await SimulateAsync(before, rule, anchor, $"P{months}M");
            var was = await ReadAsync(before, rule);
            var now = before.Time.GetUtcNow();
            await before.CloseAsync();
            await using var tracker = await TestTracker.StartAsync(now, policy: APolicy.With(APolicy.Term(rule, anchor, $"P{months}M")), after: before);

            await tracker.Rollout.AdvanceAsync(fence: null, CancellationToken.None);
            await tracker.Reviews.ReviewAsync(fence: null, CancellationToken.None);
            await tracker.Sweeper.SweepAsync(CancellationToken.None);

            Assert.Equal(told, Compare(was, await ReadAsync(tracker, rule)));
        }, iter: 8, threads: 1);

    private static async Task<TestTracker> StartAsync((Act What, int Person, int Month)[] life)
    {
        var tracker = await TestTracker.StartAsync();
        await tracker.Notices.RegisterAsync(tracker.Caller, An.Notice(), CancellationToken.None);
        foreach (var (act, place) in life.OrderBy(act => act.Month).Select((act, place) => (act, place)))
        {
            await tracker.AdvanceToAsync(TestTracker.Noon.AddMonths(act.Month).AddHours(place));
            await LiveAsync(tracker, act.What, People[act.Person], $"{act.What}-{place}");
        }

        // What is due is done, so that the rule alone makes the difference.
        await tracker.AdvanceToAsync(tracker.Time.GetUtcNow().AddHours(2));
        return tracker;
    }

    private static async Task LiveAsync(TestTracker tracker, Act act, Identifier who, string id)
    {
        var now = tracker.Time.GetUtcNow();
        switch (act)
        {
            case Act.Receipt:
                await tracker.RecordAsync(An.Receipt(id, who, now));
                break;
            case Act.Consent:
                await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(Purpose.DirectMarketing, who, now, id), CancellationToken.None);
                break;
            case Act.Newsletter:
                await tracker.RecordAsync(An.Newsletter(id, by: who, at: now) with { Content = new() { Contact = new() { GivenName = "Ada" } } });
                break;
            case Act.Account:
                await tracker.RecordAsync(new InteractionDraft { MessageId = id, Type = "account.opened", Channel = Channel.Web, OccurredAt = now, Identifiers = [who], Content = new() { Contact = new() { GivenName = "Ada" } } });
                break;
            case Act.SoftOptIn:
                await tracker.Contacts.NoteSoftOptInAsync(tracker.Caller, An.SoftOptIn(who) with { RequestId = id, GivenAt = now, NoticeShownAt = now }, CancellationToken.None);
                break;
            case Act.Withdrawal when await tracker.Lookup.FindAsync(tracker.Caller, new(null, who), CancellationToken.None) is not null:
                await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(Purpose.DirectMarketing, who, now, id), CancellationToken.None);
                break;
        }
    }

    private static async Task<string> SimulateAsync(TestTracker tracker, string rule, string anchor, string period)
    {
        var ends = tracker.Policies.For(tracker.Caller.Tenant).Rules.Single(candidate => candidate.Id == rule).Terminators
            .Select(end => new ProposedEnd(EnumNames<Anchor>.Of(end.Anchor), EnumNames<Anchor>.Of(end.Anchor) == anchor ? period : end.Period.ToString(), end.IsFloor));
        var draft = new SimulationDraft { Purpose = Purpose.RightsHandling, Changes = [new(rule, [.. ends], "")] };
        var last = (await tracker.Simulation.SimulateAsync(tracker.Caller, draft, CancellationToken.None).ToListAsync())[^1];
        return Tell(
            last.Effects.Sum(effect => effect.DeletedNow),
            last.Effects.Sum(effect => effect.StrippedNow),
            last.Effects.SelectMany(effect => effect.EndingIn).GroupBy(month => month.Key, month => month.Value).ToDictionary(month => month.Key, month => month.Sum()));
    }

    private static string Compare(Dictionary<string, DateTimeOffset?> was, Dictionary<string, DateTimeOffset?> left)
    {
        var touched = was.Where(document => document.Value is not null).ToList();
        var moved = touched.Select(document => (Was: document.Value, Is: left.GetValueOrDefault(document.Key)))
            .Where(ends => ends.Is < ends.Was)
            .Select(ends => CalendarArithmetic.LocalDate(ends.Is!.Value, APolicy.Shipped.Zone))
            .CountBy(day => new DateOnly(day.Year, day.Month, 1));
        return Tell(
            touched.Count(document => !left.ContainsKey(document.Key)),
            touched.Count(document => left.TryGetValue(document.Key, out var end) && end is null),
            moved.ToDictionary());
    }

    private static string Tell(int deleted, int stripped, IReadOnlyDictionary<DateOnly, int> ending) =>
        $"deleted {deleted}, stripped {stripped}, {string.Join(", ", ending.OrderBy(month => month.Key).Select(month => $"{month.Key:yyyy-MM}: {month.Value}"))}";

    /// <summary>Every document, with the end that the rule gives it; null: it keeps nothing in it.</summary>
    private static async Task<Dictionary<string, DateTimeOffset?>> ReadAsync(TestTracker tracker, string rule)
    {
        Dictionary<string, DateTimeOffset?> found = [];
        foreach (var person in People)
        {
            if (await tracker.Lookup.FindAsync(tracker.Caller, new(null, person), CancellationToken.None) is not { } control)
            {
                continue;
            }

            foreach (var record in await tracker.RecordsAsync(person))
            {
                found[$"{record.Key} {record.Class}"] = EndOf(record.Grants, rule);
            }

            if (await tracker.Store.Profiles.FindContactAsync(control.Tenant, control.Profile, CancellationToken.None) is { } contact)
            {
                found[$"contact {control.Profile}"] = EndOf(contact.Grants, rule);
            }

            foreach (var entry in rule == "IT-EVI-1" ? await tracker.ReadLedgerAsync(control.Tenant, control.Profile, CancellationToken.None) : [])
            {
                found[$"entry {entry.Id}"] = entry.ExpireAt;
            }
        }

        return found;
    }

    private static DateTimeOffset? EndOf(IReadOnlyList<Grant> grants, string rule) =>
        grants.Where(grant => grant.RuleId == rule).Select(grant => (DateTimeOffset?)grant.Until).Max();
}
