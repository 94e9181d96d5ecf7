namespace Tracker.Core.Catalog;

/// <summary>Numbers are stored; never reuse one.</summary>
public enum CatalogKind : byte
{
    Unspecified = 0,
    Product = 1,
    Store = 2,
    Campaign = 3,

    /// <summary>What products say of a trade item number; no caller writes or reads it.</summary>
    TradeItem = 4,
}
