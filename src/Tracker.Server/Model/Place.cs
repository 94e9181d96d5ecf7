using Tracker.Core.Model;

namespace Tracker.Server.Model;

/// <summary>
/// Where in a request a mapping stands: "content.commerce", "lines[3]", "attributes[0]". The path is put into words only
/// when something is wrong there; on the way to a valid item it allocates nothing.
/// </summary>
internal readonly struct Place(List<Violation> violations, string root = "", string list = "", int index = 0, string inner = "", int innerIndex = 0)
{
    // A hostile item of 256 KiB has room for a quarter million unknown enum numbers; the answer stays small.
    private const int MaxViolations = 100;

    public Place In(string path) => new(violations, Join(root, path));

    /// <summary>One element of a list; lists nest two deep.</summary>
    public Place In(string name, int position) => list.Length == 0
        ? new(violations, root, name, position)
        : new(violations, root, list, index, name, position);

    public void Refuse(string field, string allowed)
    {
        if (violations.Count < MaxViolations)
        {
            violations.Add(new Violation(PathTo(field), allowed));
        }
    }

    private string PathTo(string field) => Join(Join(Join(root, Element(list, index)), Element(inner, innerIndex)), field);

    private static string Element(string name, int position) => name.Length == 0 ? "" : $"{name}[{position}]";

    private static string Join(string parent, string child) =>
        parent.Length == 0 ? child : child.Length == 0 ? parent : $"{parent}.{child}";
}
