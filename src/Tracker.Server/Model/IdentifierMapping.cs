using Tracker.Core.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model;

internal static class IdentifierMapping
{
    public static Identifier ToCore(this Wire.Identifier wire, Place at) =>
        new(CoreEnum.Of<IdentifierKind>((int)wire.Kind, at, "kind"), wire.Value) { Scheme = wire.Scheme };

    public static IReadOnlyList<Identifier> ToCore(this IReadOnlyList<Wire.Identifier> wire, Place at, string field)
    {
        if (wire.Count == 0)
        {
            return [];
        }

        var identifiers = new Identifier[wire.Count];
        for (var i = 0; i < identifiers.Length; i++)
        {
            identifiers[i] = wire[i].ToCore(at.In(field, i));
        }

        return identifiers;
    }
}
