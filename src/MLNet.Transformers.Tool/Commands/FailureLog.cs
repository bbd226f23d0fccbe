namespace MLNet.Transformers.Tool.Commands;

/// <summary>Where the details of a failure go that nobody foresaw, when the user asked for no log.</summary>
internal static class FailureLog
{
    /// <summary>Writes an exception down among the temporary files, with its stack; where it is, for the user to read.</summary>
    public static string Write(Exception exception)
    {
        var path = Path.Combine(Path.GetTempPath(), "mlnet-transformers.log");
        try
        {
            File.AppendAllText(path, $"{DateTimeOffset.Now:O}{Environment.NewLine}{exception}{Environment.NewLine}");
            return $"details are in {path}";
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return $"no details, since {path} cannot be written: {denied.Message}";
        }
    }
}
