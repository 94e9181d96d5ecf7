using Tracker.Core.Ingestion;
using Tracker.Core.Ingestion.Claims;
using Tracker.Core.Model;
using Tracker.Core.Security;
using Tracker.Storage.RocksDb.Dump;
using Tracker.TestKit;

namespace Tracker.Core.Tests.Ingestion;

/// <summary>A sale of nobody and a claim of it.</summary>
internal static class AClaim
{
    public static readonly Identifier Card = new(IdentifierKind.LoyaltyCard, "2900000000017");
    public static readonly Identifier Number = new(IdentifierKind.Receipt, "0042-0007");

    private static readonly HashSet<string> Schemes = ["erp", "web"];

    public static Identifier Erp(string number) => new(IdentifierKind.CustomerNumber, number) { Scheme = "erp" };

    public static Identifier Web(string number) => new(IdentifierKind.CustomerNumber, number) { Scheme = "web" };

    public static InteractionDraft Sale(string id = "receipt-1", DateTimeOffset? at = null, decimal total = 21m) => An.Receipt(id, at: at) with
    {
        Identifiers = [Number],
        Content = new() { Commerce = new() { Lines = An.Order().Content.Commerce!.Lines, Total = new("EUR", total) }, Store = new() { StoreId = "7", ReceiptNumber = Number.Value } },
    };

    public static Task<InteractionOutcome> SellAsync(this TestTracker tracker, string id = "receipt-1", DateTimeOffset? at = null, decimal total = 21m) =>
        tracker.RecordAsync(Sale(id, at, total));

    public static Task<InteractionOutcome> ClaimAsync(this TestTracker tracker, ClaimDraft? draft = null, Identifier? by = null, Identifier? number = null) =>
        tracker.Claims.ClaimAsync(tracker.Caller, tracker.Complete(draft ?? new(), by ?? Card, number ?? Number), CancellationToken.None);

    public static ClaimDraft Complete(this TestTracker tracker, ClaimDraft draft, Identifier by, Identifier number) =>
        draft with { Receipt = number, Identifiers = [by], ClaimedAt = draft.ClaimedAt ?? tracker.Time.GetUtcNow() };

    /// <summary>Two people, each with a number of each of two systems: the number of one and the number of the other are of neither.</summary>
    public static async Task<Caller> RecordTwoPeopleAsync(this TestTracker tracker)
    {
        var caller = tracker.Caller with { KnownSchemes = Schemes };
        await tracker.Recorder.RecordAsync(
            caller,
            [An.Receipt("one") with { Identifiers = [Erp("1"), Web("a")] }, An.Receipt("two") with { Identifiers = [Erp("2"), Web("b")] }],
            CancellationToken.None);
        return caller;
    }

    public static Task<RefusalException> RefusedAsync(Task claim) => Assert.ThrowsAsync<RefusalException>(() => claim);

    public static List<string> Read(this TestTracker tracker, string part) => [.. tracker.Store.Dump.Read(part, new DumpOptions())];

    public static List<string> Dump(this TestTracker tracker) => [.. StoreDump.Parts.SelectMany(part => tracker.Read(part).Select(line => $"{part} {line}"))];
}
