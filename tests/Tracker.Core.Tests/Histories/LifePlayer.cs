using Tracker.Core.Consents;
using Tracker.Core.Ingestion;
using Tracker.Core.Model;
using Tracker.Core.Retention;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Histories;

/// <summary>Plays the life of one person through the whole product below the wire; the clock only goes forward.</summary>
internal sealed class LifePlayer(TestTracker tracker)
{
    public static readonly Purpose[] Purposes = [Purpose.Profiling, Purpose.Analytics, Purpose.DirectMarketing];

    private static readonly Identifier Person = new(IdentifierKind.Email, "person@example.com");

    private readonly HashSet<int> _unkept = [];
    private string? _hold;

    /// <summary>Until everything that is due has been done.</summary>
    public async Task PlayAsync(IReadOnlyList<LifeAct> life)
    {
        foreach (var (act, place) in life.Select((act, place) => (act, place)).OrderBy(pair => pair.act.Arrival).ThenBy(pair => pair.act.Kind))
        {
            TurnTo(act.Arrival);
            try
            {
                await DoAsync(act, place, TestTracker.Noon.AddDays(act.At));
            }
            catch (RefusalException refusal) when (refusal.Reason is RefusalReason.GuardianRequired or RefusalReason.MinorProfiling or RefusalReason.WithdrawalIntervened)
            {
                // Whoever is known to be a child gives nothing, and what was said no to since is not asked for: nothing is kept of what it stated.
                _unkept.Add(place);
            }
            catch (RefusalException refusal) when (refusal.Reason == RefusalReason.TokenExpired)
            {
                // What was decided since cancels a token that comes late.
            }
        }

        tracker.Time.Advance(TimeSpan.FromHours(2));
        await tracker.ReviewAsync(Person);
        await tracker.AdvanceToAsync(tracker.Time.GetUtcNow());
    }

    /// <summary>The life as the service could know it: what it was not allowed to keep says nothing.</summary>
    public IReadOnlyList<LifeAct> Known(LifeAct[] life) => [.. life.Select((act, place) => _unkept.Contains(place) ? act with { Kind = LifeKind.Sweep } : act)];

    public Task<IReadOnlyList<InteractionRecord>> StoredAsync() => tracker.RecordsAsync(Person);

    public async Task<Control?> ControlAsync() => await tracker.Lookup.FindAsync(tracker.Caller, new(null, Person), CancellationToken.None);

    /// <summary>By its place in the life, what each record that may be read is read for.</summary>
    public async Task<HashSet<(int Place, Purpose Purpose)>> ReadableAsync()
    {
        HashSet<(int, Purpose)> readable = [];
        foreach (var purpose in Purposes.Append(Purpose.OrderFulfilment))
        {
            if (await ControlAsync() is not null)
            {
                readable.UnionWith((await tracker.TimelineAsync(Person, purpose)).Items.Select(item => (PlaceOf(item.MessageId), purpose)));
            }
        }

        return readable;
    }

    public async Task<IReadOnlyList<(int Place, InteractionRecord Record)>> StoredByPlaceAsync()
    {
        var records = await StoredAsync();
        var opened = await tracker.Opener.OpenAsync(records, CancellationToken.None);
        return [.. records.Zip(opened).Select(pair => (PlaceOf(pair.Second!.MessageId), pair.First))];
    }

    private static int PlaceOf(string messageId) => int.Parse(messageId, System.Globalization.CultureInfo.InvariantCulture);

    private async Task DoAsync(LifeAct act, int place, DateTimeOffset at)
    {
        switch (act.Kind)
        {
            case LifeKind.Give:
                await tracker.Ledger.RecordAsync(tracker.Caller, Given(act, An.Consent(act.Purpose, Person, at, Name(place))), CancellationToken.None);
                break;
            case LifeKind.GiveTwice:
                var asked = await tracker.Ledger.RecordAsync(tracker.Caller, Given(act, An.Online(act.Purpose, Person, at, Name(place))), CancellationToken.None);
                await ConfirmAsync(asked.ConfirmationToken);
                break;
            case LifeKind.Refuse:
                await tracker.Ledger.RecordAsync(tracker.Caller, An.Online(act.Purpose, Person, at, Name(place)) with { State = ConsentState.Refused }, CancellationToken.None);
                break;
            case LifeKind.Withdraw:
                await tracker.Ledger.WithdrawAsync(tracker.Caller, An.Withdrawal(act.Purpose, Person, at, Name(place)), CancellationToken.None);
                break;
            case LifeKind.Object:
                await tracker.Objections.ObjectAsync(tracker.Caller, new() { RequestId = Name(place), Profile = new(null, Person), Purpose = Purpose.DirectMarketing, ObjectedAt = at }, CancellationToken.None);
                break;
            case LifeKind.Hold or LifeKind.Release or LifeKind.Restrict or LifeKind.Free:
                await IfKnownAsync(control => KeepAsync(act.Kind, place, control));
                break;
            case LifeKind.Review:
                await tracker.ReviewAsync(Person);
                break;
            case LifeKind.Sweep:
                await tracker.AdvanceToAsync(tracker.Time.GetUtcNow());
                break;
            default:
                await RecordAsync(act, place, at);
                break;
        }
    }

    private async Task RecordAsync(LifeAct act, int place, DateTimeOffset at)
    {
        var outcome = await tracker.RecordAsync(Draft(act, place, at));
        if (act.Kind == LifeKind.BirthDate && (outcome.Grants.Count == 0 || outcome.StrippedFields.Contains("content.contact.birth_date")))
        {
            _unkept.Add(place);
        }
    }

    private static InteractionDraft Draft(LifeAct act, int place, DateTimeOffset at) => act.Kind switch
    {
        LifeKind.View => An.PageView($"{place}", Person, at, Purposes),
        LifeKind.Order => An.Receipt($"{place}", Person, at),
        _ => An.Newsletter($"{place}", Person, at) with
        {
            Type = "account.opened",
            Content = new() { Contact = new() { BirthDate = BirthDate(act) } },
        },
    };

    private static ConsentDraft Given(LifeAct act, ConsentDraft draft) => act.StatesAge ? draft with { Age = new(BirthDate(act), "") } : draft;

    private static DateOnly BirthDate(LifeAct act) => DateOnly.FromDateTime(TestTracker.Noon.AddYears(act.IsChild ? -10 : -40).Date);

    private async Task ConfirmAsync(string token)
    {
        if (token.Length > 0)
        {
            await tracker.Confirmations.ConfirmAsync(tracker.Caller, new() { Token = token, IpAddress = "203.0.113.77", UserAgent = "browser" }, CancellationToken.None);
        }
    }

    private async Task KeepAsync(LifeKind kind, int place, Control control)
    {
        if (kind is LifeKind.Restrict or LifeKind.Free)
        {
            await tracker.Store.Reviews.ChangeHoldsAsync(control.Tenant, control.Profile, control.ConsentEpoch, control.Holds, kind == LifeKind.Restrict, [], CancellationToken.None);
        }
        else if (kind == LifeKind.Hold && _hold is null)
        {
            var draft = new LegalHoldDraft
            {
                Id = $"case-{place}",
                Kind = HoldKind.Litigation,
                Profiles = [control.Profile],
                Classes = RetentionClasses.Of([RetentionClass.Order, RetentionClass.Profiling]),
                ApprovedBy = "counsel",
                ReviewAt = tracker.Time.GetUtcNow().AddMonths(6),
            };
            _hold = (await tracker.Holds.PlaceAsync(tracker.Caller, draft, CancellationToken.None)).Hold.Id;
        }
        else if (kind == LifeKind.Release && _hold is not null)
        {
            await tracker.Holds.ReleaseAsync(tracker.Caller, _hold, CancellationToken.None);
            _hold = null;
        }
    }

    private async Task IfKnownAsync(Func<Control, Task> act)
    {
        if (await ControlAsync() is { } control)
        {
            await act(control);
        }
    }

    private static string Name(int place) => $"act-{place}";

    private void TurnTo(int day)
    {
        var instant = TestTracker.Noon.AddDays(day);
        if (instant > tracker.Time.GetUtcNow())
        {
            tracker.Time.SetUtcNow(instant);
        }
    }
}
