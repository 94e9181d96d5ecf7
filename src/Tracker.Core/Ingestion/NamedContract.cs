using System.Globalization;

namespace Tracker.Core.Ingestion;

/// <summary>An order, quote or contract that an interaction names.</summary>
/// <param name="Kind">"order", "quote" or "contract".</param>
/// <param name="Reference">Keyed hash of (tenant, kind, number).</param>
public readonly record struct NamedContract(string Kind, UInt128 Reference)
{
    /// <summary>The kind that is over with its delivery, cancellation or return.</summary>
    public const string Order = "order";

    /// <summary>The kind that goes on until somebody tells its end.</summary>
    public const string Continuing = "contract";

    /// <summary>How grants name it.</summary>
    public string Evidence => string.Create(CultureInfo.InvariantCulture, $"{Kind}:{Reference:x32}");
}
