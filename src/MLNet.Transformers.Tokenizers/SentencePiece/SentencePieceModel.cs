namespace MLNet.Transformers.Tokenizers;

/// <summary>A model of the SentencePiece library, as its <c>.model</c> and <c>.spm</c> files hold it.</summary>
/// <seealso href="https://github.com/google/sentencepiece/blob/master/src/sentencepiece_model.proto"/>
public sealed record SentencePieceModel
{
    /// <summary>The pieces in the order of their ids.</summary>
    public required IReadOnlyList<SentencePiece> Pieces { get; init; }

    /// <summary>How words are cut.</summary>
    public SentencePieceAlgorithm Algorithm { get; init; } = SentencePieceAlgorithm.Unigram;

    /// <summary>Whether <c>▁</c> ends words instead of beginning them.</summary>
    public bool TreatsSpaceAsSuffix { get; init; }

    /// <summary>Whether a space is put before the text.</summary>
    public bool AddsDummyPrefix { get; init; } = true;

    /// <summary>Whether spaces around the text go, and runs of them become one.</summary>
    public bool RemovesExtraSpaces { get; init; } = true;

    /// <summary>Whether spaces become <c>▁</c>.</summary>
    public bool EscapesSpaces { get; init; } = true;

    /// <summary>The compiled normalization rules; empty for none.</summary>
    public ReadOnlyMemory<byte> CharacterMap { get; init; }

    /// <summary>Reads a <c>.model</c> or <c>.spm</c> file.</summary>
    /// <exception cref="InvalidDataException">The file is no SentencePiece model.</exception>
    public static SentencePieceModel Load(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path));
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"'{path}' is no SentencePiece model. {exception.Message}", exception);
        }
    }

    /// <summary>Reads the contents of a <c>.model</c> or <c>.spm</c> file.</summary>
    /// <exception cref="InvalidDataException">The bytes are no SentencePiece model.</exception>
    public static SentencePieceModel Read(ReadOnlySpan<byte> bytes)
    {
        List<SentencePiece> pieces = [];
        SentencePieceModel model = new() { Pieces = pieces };
        ProtocolBufferReader reader = new(bytes);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    pieces.Add(ReadPiece(reader.ReadBytes()));
                    break;
                case 2:
                    model = model.WithTrainerSettings(reader.ReadBytes());
                    break;
                case 3:
                    model = model.WithNormalizerSettings(reader.ReadBytes());
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return pieces.Count > 0 ? model : throw new InvalidDataException("It has no pieces.");
    }

    private static SentencePiece ReadPiece(ReadOnlySpan<byte> message)
    {
        SentencePiece piece = new("", 0, SentencePieceType.Normal);
        ProtocolBufferReader reader = new(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    piece = piece with { Text = reader.ReadString() };
                    break;
                case 2:
                    piece = piece with { Score = reader.ReadSingle() };
                    break;
                case 3:
                    piece = piece with { Type = (SentencePieceType)reader.ReadInt32() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return piece;
    }

    private SentencePieceModel WithTrainerSettings(ReadOnlySpan<byte> message)
    {
        SentencePieceModel model = this;
        ProtocolBufferReader reader = new(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 3:
                    model = model with { Algorithm = (SentencePieceAlgorithm)reader.ReadInt32() };
                    break;
                case 24:
                    model = model with { TreatsSpaceAsSuffix = reader.ReadBoolean() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return model;
    }

    private SentencePieceModel WithNormalizerSettings(ReadOnlySpan<byte> message)
    {
        SentencePieceModel model = this;
        ProtocolBufferReader reader = new(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 2:
                    model = model with { CharacterMap = reader.ReadBytes().ToArray() };
                    break;
                case 3:
                    model = model with { AddsDummyPrefix = reader.ReadBoolean() };
                    break;
                case 4:
                    model = model with { RemovesExtraSpaces = reader.ReadBoolean() };
                    break;
                case 5:
                    model = model with { EscapesSpaces = reader.ReadBoolean() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
        return model;
    }
}
