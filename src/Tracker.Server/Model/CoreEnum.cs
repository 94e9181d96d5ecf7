namespace Tracker.Server.Model;

/// <summary>Enum numbers from the wire. They are equal in wire and Core (decision 0002), so the way back is a cast.</summary>
internal static class CoreEnum
{
    public static TCore Of<TCore>(int number, Place at, string field)
        where TCore : struct, Enum
    {
        var members = Members<TCore>.ByNumber;
        if ((uint)number < (uint)members.Length)
        {
            return members[number];
        }

        at.Refuse(field, "must be a value that this version of the contract knows");
        return default;
    }

    public static IReadOnlyList<TCore> ListOf<TWire, TCore>(IReadOnlyList<TWire> wire, Func<TWire, int> number, Place at, string field)
        where TCore : struct, Enum
    {
        if (wire.Count == 0)
        {
            return [];
        }

        var members = new TCore[wire.Count];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = Of<TCore>(number(wire[i]), at.In(field, i), "");
        }

        return members;
    }

    // The members of each enum of the contract count up from zero without a gap; a test holds that.
    private static class Members<TCore>
        where TCore : struct, Enum
    {
        public static readonly TCore[] ByNumber = Enum.GetValues<TCore>();
    }
}
