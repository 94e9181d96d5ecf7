using Tracker.Core.Consents;
using Tracker.Core.Model;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

/// <summary>Somebody who agreed to everything and is seen every other hour; what they said since arrives after all of it has happened.</summary>
internal sealed class SaidPlayer(TestTracker tracker)
{
    public const int Hours = 12;

    public static readonly Purpose[] Purposes = [Purpose.Profiling, Purpose.Analytics, Purpose.DirectMarketing];

    private int _people;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="said">Each with its place in the history, in the order of arrival.</param>
    /// <param name="isReviewed">What is to go goes after each arrival, and not only at the end.</param>
    /// <returns>What is permitted at the end, and what can be read for what.</returns>
    public async Task<(IReadOnlyList<string> Permissions, IReadOnlyList<string> Readable)> PlayAsync(IEnumerable<(SaidAct Act, int Place)> said, bool isReviewed)
    {
        var person = new Identifier(IdentifierKind.Email, $"said{_people++}@example.com");
        var start = tracker.Time.GetUtcNow();
        await LiveAsync(person, start);
        foreach (var (act, place) in said)
        {
            tracker.Time.Advance(TimeSpan.FromMinutes(1));
            await ArriveAsync(act, $"{person.Value}-{place}", person, start.AddHours(act.At));
            if (isReviewed)
            {
                await tracker.ReviewAsync(person);
            }
        }

        await tracker.AdvanceToAsync(tracker.Time.GetUtcNow().AddHours(2));
        await tracker.ReviewAsync(person);
        return (await PermissionsAsync(person), await ReadableAsync(person));
    }

    private async Task LiveAsync(Identifier person, DateTimeOffset start)
    {
        foreach (var purpose in Purposes)
        {
            await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(purpose, person, start, $"{person.Value}-{purpose}"), Cancellation);
        }

        await tracker.RecordAsync(An.Receipt($"{person.Value}/receipt", person, start));
        for (var hour = 1; hour <= Hours; hour += 2)
        {
            tracker.Time.SetUtcNow(start.AddHours(hour));
            await tracker.RecordAsync(An.PageView($"{person.Value}/{hour}", person, start.AddHours(hour), Purposes));
        }

        tracker.Time.SetUtcNow(start.AddHours(Hours + 1));
    }

    private async Task ArriveAsync(SaidAct act, string id, Identifier person, DateTimeOffset at)
    {
        switch (act.Kind)
        {
            case PairKind.Give:
                await tracker.Ledger.RecordAsync(tracker.Caller, An.Consent(act.Purpose, person, at, id), Cancellation);
                break;
            case PairKind.Refuse:
                await tracker.Ledger.RecordAsync(tracker.Caller, An.Online(act.Purpose, person, at, id) with { State = ConsentState.Refused }, Cancellation);
                break;
            case PairKind.Withdraw:
                await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(act.Purpose, person, at, id), Cancellation);
                break;
            default:
                await tracker.Objections.ObjectAsync(tracker.Caller, new() { RequestId = id, Profile = new(null, person), Purpose = act.Purpose, ObjectedAt = at }, Cancellation);
                break;
        }
    }

    private async Task<IReadOnlyList<string>> PermissionsAsync(Identifier person)
    {
        List<string> permissions = [];
        foreach (var purpose in Enum.GetValues<Purpose>().Skip(1))
        {
            var medium = purpose == Purpose.DirectMarketing ? ContactChannel.Email : ContactChannel.Unspecified;
            var answer = await tracker.Permissions.CheckAsync(tracker.Caller, new(null, person), new() { Purpose = purpose, ContactChannel = medium }, Cancellation);
            permissions.Add($"{purpose}: {answer.IsPermitted} {answer.Basis} {answer.Reason}");
        }

        return permissions;
    }

    private async Task<IReadOnlyList<string>> ReadableAsync(Identifier person)
    {
        List<string> readable = [];
        foreach (var purpose in Purposes.Append(Purpose.OrderFulfilment))
        {
            var timeline = await tracker.TimelineAsync(person, purpose);
            readable.AddRange(timeline.Items.Select(item => $"{purpose} {item.MessageId.Split('/')[1]}"));
        }

        return readable;
    }
}
