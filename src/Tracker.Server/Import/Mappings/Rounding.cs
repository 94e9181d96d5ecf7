namespace Tracker.Server.Import.Mappings;

/// <summary>How the amount of a line is rounded; a total is the sum of rounded lines.</summary>
internal sealed record Rounding(int Decimals, MidpointRounding Mode)
{
    public decimal Apply(decimal amount) => decimal.Round(amount, Decimals, Mode);
}
