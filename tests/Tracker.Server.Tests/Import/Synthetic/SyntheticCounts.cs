using System.Text.Json.Serialization;

namespace Tracker.Server.Tests.Import.Synthetic;

/// <summary>What an import of the week must count, noted while the week is made up.</summary>
internal sealed class SyntheticCounts
{
    [JsonPropertyName("read")]
    public int Read { get; set; }

    [JsonPropertyName("skipped")]
    public int Skipped { get; set; }

    [JsonPropertyName("sent")]
    public int Sent => Placed + Cancelled + Anonymous;

    [JsonPropertyName("order.placed")]
    public int Placed { get; set; }

    [JsonPropertyName("order.cancelled")]
    public int Cancelled { get; set; }

    [JsonPropertyName("purchase.completed")]
    public int Anonymous { get; set; }

    [JsonPropertyName("total_pence")]
    public long TotalPence { get; set; }
}
