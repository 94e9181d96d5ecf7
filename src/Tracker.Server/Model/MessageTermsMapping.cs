using Tracker.Core.Policies;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model;

internal static class MessageTermsMapping
{
    public static MessageTerms? ToCore(this Wire.MessageTerms? wire) =>
        wire is null ? null : new(wire.OwnProduct, wire.SimilarProduct, wire.OffersOptOut);
}
