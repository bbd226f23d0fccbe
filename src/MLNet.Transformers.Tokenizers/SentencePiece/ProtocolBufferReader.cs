using System.Buffers.Binary;
using System.Text;

namespace MLNet.Transformers.Tokenizers;

/// <summary>Reads the fields of a Protocol Buffers message one after the other.</summary>
/// <seealso href="https://protobuf.dev/programming-guides/encoding/"/>
internal ref struct ProtocolBufferReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;
    private WireType _wireType;

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        LengthDelimited = 2,
        Fixed32 = 5,
    }

    /// <summary>The number of the field that <see cref="Read"/> came to.</summary>
    public int Field { get; private set; }

    /// <summary>Comes to the next field, whose value must then be read or skipped; <see langword="false"/> at the end.</summary>
    public bool Read()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }
        ulong tag = ReadRawVarint();
        (Field, _wireType) = ((int)(tag >> 3), (WireType)(tag & 7));
        return Field > 0 ? true : throw Broken("a field has no number");
    }

    public int ReadInt32() => (int)ReadVarint();

    public bool ReadBoolean() => ReadVarint() != 0;

    public float ReadSingle()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadBytes());

    public ReadOnlySpan<byte> ReadBytes()
    {
        Expect(WireType.LengthDelimited);
        return Take(ReadRawVarint());
    }

    public void Skip()
    {
        switch (_wireType)
        {
            case WireType.Varint:
                ReadRawVarint();
                break;
            case WireType.Fixed64:
                Take(sizeof(ulong));
                break;
            case WireType.LengthDelimited:
                Take(ReadRawVarint());
                break;
            case WireType.Fixed32:
                Take(sizeof(uint));
                break;
            default:
                throw Broken($"field {Field} is of the unknown wire type {(int)_wireType}");
        }
    }

    private ulong ReadVarint()
    {
        Expect(WireType.Varint);
        return ReadRawVarint();
    }

    private ulong ReadRawVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
        throw Broken("a number is longer than 64 bits");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)_rest.Length)
        {
            throw Broken("it is cut short");
        }
        ReadOnlySpan<byte> taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    private readonly void Expect(WireType wireType)
    {
        if (_wireType != wireType)
        {
            throw Broken($"field {Field} is of wire type {(int)_wireType} instead of {(int)wireType}");
        }
    }

    private static InvalidDataException Broken(string complaint) => new($"The Protocol Buffers message is broken: {complaint}.");
}
