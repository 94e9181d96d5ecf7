using Tracker.Core.Model;

namespace Tracker.Core.Retention;

/// <summary>What a hold has got hold of (compliance 3.5).</summary>
/// <param name="Selected">Documents that were there when the hold was asked for.</param>
/// <param name="Held">Documents that are held now, later arrivals included.</param>
/// <param name="Disappeared">Of those selected, the ones that had gone before they could be held.</param>
/// <param name="Missing">Profiles that are not there.</param>
public sealed record HoldPlaced(LegalHold Hold, int Selected, int Held, int Disappeared, IReadOnlyList<ProfileId> Missing);
