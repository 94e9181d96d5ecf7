using Tracker.Core.Model;
using Tracker.Core.Model.Content;
using Tracker.Core.Policies;
using Tracker.Core.Security;

namespace Tracker.Core.Profiles.Summaries;

/// <summary>
/// Counts what a purpose may see of a person now, read by the same path as the timeline: nothing is kept for it, so that it can hold nothing
/// that was withdrawn, has ended or was never lawful for that purpose.
/// </summary>
public sealed class ProfileSummariser(ProfileQueries profiles, PolicyRegister policies)
{
    /// <summary>The newest that are read: a person with more is summed up over these, and told so.</summary>
    public const int MaxInteractions = 10_000;

    private const int PageSize = 500;
    private const int MaxPreferences = 20;

    // Merges and withdrawals move a person; three in a row are no race any more, and each costs up to 20 pages.
    private const int MaxAttempts = 3;

    private static readonly string[] Traits = ["size", "style", "category", "brand", "colour"];

    public async Task<ProfileSummary> SummariseAsync(Caller caller, ProfileReference? reference, Purpose purpose, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            try
            {
                if (await ReadAsync(caller, new() { Profile = reference!, Purpose = purpose, PageSize = PageSize }, cancellation) is { } read)
                {
                    return Sum(read, purpose, policies.For(caller.Tenant));
                }
            }
            catch (RefusalException refusal) when (refusal.Reason == RefusalReason.PageTokenInvalid)
            {
                // The token is our own: whoever was named is another person since.
            }
        }

        throw RefusalException.StoreUnavailable();
    }

    /// <returns>All pages as one; null: the person changed between two of them, and what was read may not be seen any more, or lacks a profile.</returns>
    private async Task<Timeline?> ReadAsync(Caller caller, TimelineQuery query, CancellationToken cancellation)
    {
        var first = await profiles.ListAsync(caller, query, cancellation);
        List<TimelineItem> items = [.. first.Items];
        var token = first.NextPageToken;
        while (token.Length > 0 && items.Count < MaxInteractions)
        {
            var page = await profiles.ListAsync(caller, query with { PageToken = token }, cancellation);
            if (page.Of != first.Of)
            {
                return null;
            }

            items.AddRange(page.Items);
            token = page.NextPageToken;
        }

        return first with { Items = items, NextPageToken = token };
    }

    private static ProfileSummary Sum(Timeline read, Purpose purpose, Policy policy) => new()
    {
        Id = read.Of.Person,
        Count = read.Items.Count,
        IsCutOff = read.NextPageToken.Length > 0,
        Channels = [.. read.Items.GroupBy(item => item.Record.Channel).Select(Use).OrderBy(use => use.Channel)],
        Purchases = Totals(read.Items, policy),
        // To find out what somebody likes is to profile (GDPR Art. 4(4)), whatever the data were given for.
        Preferences = purpose is Purpose.Profiling or Purpose.Personalisation ? Observe(read.Items) : [],
    };

    private static ChannelUse Use(IGrouping<Channel, TimelineItem> items) =>
        new(items.Key, items.Count(), items.Min(item => item.Record.OccurredAt), items.Max(item => item.Record.OccurredAt));

    private static IReadOnlyList<PurchaseTotals> Totals(IReadOnlyList<TimelineItem> items, Policy policy) =>
    [
        .. items
            .Where(item => item.Content.Commerce?.Total is not null && FactOf(item, policy) is FactKind.Purchase or FactKind.PurchaseEnded)
            .GroupBy(item => item.Content.Commerce!.Total!.Currency, StringComparer.Ordinal)
            .OrderBy(currency => currency.Key, StringComparer.Ordinal)
            .Select(currency => Total(currency.Key, currency.ToLookup(item => FactOf(item, policy) == FactKind.Purchase))),
    ];

    private static PurchaseTotals Total(string currency, ILookup<bool, TimelineItem> items)
    {
        // What tells of one order once more, as its delivery does, is the same sale.
        List<TimelineItem> sales = [.. items[true].OrderBy(item => item.Record.OccurredAt).DistinctBy(item => item.Content.Commerce!.OrderId ?? $"message {item.MessageId}")];
        var revenue = sales.Sum(AmountOf);
        return new(
            sales.Count,
            sales.Sum(sale => sale.Content.Commerce!.Lines?.Sum(line => line.Quantity) ?? 0),
            new(currency, revenue),
            new(currency, sales.Count == 0 ? 0 : decimal.Round(revenue / sales.Count, 2)),
            items.SelectMany(item => item).Min(item => item.Record.OccurredAt),
            items.SelectMany(item => item).Max(item => item.Record.OccurredAt),
            items[false].Count(),
            new(currency, items[false].Sum(AmountOf)));
    }

    private static IReadOnlyList<ObservedPreference> Observe(IReadOnlyList<TimelineItem> items) =>
    [
        .. items
            .SelectMany(item => TraitsOf(item.Content).Select(trait => (trait.Trait, trait.Value, Item: item)))
            .GroupBy(found => (found.Trait, found.Value))
            .Select(found => (found.Key.Trait, found.Key.Value, Count: found.Count(), Last: found.MaxBy(one => one.Item.Record.OccurredAt).Item))
            .OrderByDescending(found => found.Count)
            .ThenByDescending(found => found.Last.Record.OccurredAt)
            .ThenBy(found => found.Value, StringComparer.Ordinal)
            .Take(MaxPreferences)
            .Select(found => new ObservedPreference(found.Trait, found.Value, found.Count, found.Last.Record.OccurredAt, found.Last.MessageId)),
    ];

    private static IEnumerable<(string Trait, string Value)> TraitsOf(InteractionContent content) => (content.Commerce?.Lines ?? [])
        .SelectMany(line => line.Attributes ?? [])
        .Where(attribute => attribute.Text is { Length: > 0 } && Traits.Contains(attribute.Key))
        .Select(attribute => (attribute.Key, attribute.Text!))
        .Distinct();

    private static FactKind? FactOf(TimelineItem item, Policy policy) => policy.Types.TryGetValue(item.Record.Type, out var type) ? type.Fact : null;

    private static decimal AmountOf(TimelineItem item) => item.Content.Commerce!.Total!.Amount;
}
