using System.Globalization;

namespace Tracker.Server.Import.Mappings;

internal sealed class NumberFormat
{
    // The contract keeps nine digits before the point; beyond it sums of lines could not be kept either.
    private const decimal Limit = 1_000_000_000m;

    private readonly NumberFormatInfo _format;

    public NumberFormat(char decimalSeparator)
    {
        _format = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        _format.NumberDecimalSeparator = decimalSeparator.ToString();
    }

    public bool TryRead(string? text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, _format, out number) && Math.Abs(number) < Limit;
}
