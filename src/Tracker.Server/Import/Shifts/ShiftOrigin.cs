namespace Tracker.Server.Import.Shifts;

internal enum ShiftOrigin
{
    /// <summary>The times of the file are kept.</summary>
    None,

    /// <summary>Computed from the newest row and today.</summary>
    Computed,

    /// <summary>That of an earlier import of the same files to the same server.</summary>
    Remembered,

    /// <summary>Given on the command line.</summary>
    Given,
}
