using Tracker.Core.Model;
using Wire = Tracker.Contracts.V1;

namespace Tracker.Server.Model;

internal static class ViolationMapping
{
    public static void ThrowIfAny(this IReadOnlyList<Violation> violations)
    {
        if (violations.Count > 0)
        {
            throw RefusalException.InvalidRequest(violations);
        }
    }

    /// <param name="item">Path of the item in the request, such as "interactions[3]".</param>
    public static IEnumerable<Wire.FieldViolation> ToWire(this IReadOnlyList<Violation> violations, string item) =>
        violations.Select(violation => new Wire.FieldViolation
        {
            Field = violation.Field.Length == 0 ? item : $"{item}.{violation.Field}",
            Description = violation.Description,
        });
}
