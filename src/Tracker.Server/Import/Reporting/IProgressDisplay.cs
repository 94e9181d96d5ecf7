namespace Tracker.Server.Import.Reporting;

internal interface IProgressDisplay
{
    /// <summary>Returns when the work ends, however it ends; the caller awaits the work itself.</summary>
    Task ShowAsync(ImportProgress progress, Task work);
}
