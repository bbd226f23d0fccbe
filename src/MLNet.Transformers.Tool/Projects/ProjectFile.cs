namespace MLNet.Transformers.Tool.Projects;

/// <summary>A text file of a project.</summary>
/// <param name="Name">Its path in the project's folder, with slashes.</param>
/// <param name="Text">What it has in it.</param>
/// <param name="HasByteOrderMark">Whether the mark of UTF-8 comes first, as Model Builder writes it.</param>
internal sealed record ProjectFile(string Name, string Text, bool HasByteOrderMark = false);
