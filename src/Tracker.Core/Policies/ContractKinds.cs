using Tracker.Core.Model;

namespace Tracker.Core.Policies;

public static class ContractKinds
{
    /// <summary>Whether a contract of that kind is what a grant rests on.</summary>
    public static bool Carries(this ContractKind kind, IReadOnlyList<string> evidenceIds) => evidenceIds.Contains(EnumNames<ContractKind>.Of(kind));
}
