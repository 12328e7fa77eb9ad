namespace AdvocacyBot.Host.Composition;

/// <summary>Whether a folder could be made and written to, found out without making it.</summary>
internal static class Folders
{
    /// <returns>Null: it can be.</returns>
    public static string? WhyNotWritable(string folder)
    {
        var there = folder;
        while (there is not null && !Directory.Exists(there))
        {
            if (File.Exists(there))
            {
                return $"{there} is a file, not a folder.";
            }

            there = Path.GetDirectoryName(there);
        }

        if (there is null)
        {
            return $"{folder} does not exist.";
        }

        try
        {
            using var probe = new FileStream(
                Path.Combine(there, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the folder {there} cannot be written to.";
        }
    }
}
