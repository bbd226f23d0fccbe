namespace Microsoft.ML.Data;

/// <summary>One row's text: the file, the number of its line from 1, and the text without its line break.</summary>
internal readonly record struct TextLine(string Path, long Number, string Text);
