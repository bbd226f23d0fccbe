using Microsoft.Win32.SafeHandles;

namespace MLNet.Transformers.Serving.Models;

/// <summary>What changes when another writes a file, or puts another in its place.</summary>
internal readonly record struct FileState(long Length, DateTime WrittenAt)
{
    public static FileState Of(SafeFileHandle file) => new(RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file));
}
