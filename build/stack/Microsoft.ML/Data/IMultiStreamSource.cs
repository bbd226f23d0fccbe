namespace Microsoft.ML.Data;

/// <summary>Any number of streams that are read one after the other, such as files.</summary>
public interface IMultiStreamSource
{
    int Count { get; }

    string GetPathOrNull(int index);

    Stream Open(int index);

    TextReader OpenTextReader(int index);
}
