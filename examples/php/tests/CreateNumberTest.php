<?php

use GuzzleHttp\Client;
use GuzzleHttp\Exception\TransferException;
use PHPUnit\Framework\TestCase;

final class CreateNumberTest extends TestCase
{
    private Client $mor;

    protected function setUp(): void
    {
        $this->mor = new Client(['base_uri' => getenv('MOR_URL') ?: 'http://127.0.0.1:8080', 'timeout' => 5]);
        $this->mor->post('/__admin/reset');
    }

    /** Replace this with the code that you test. */
    private function createNumber(string $did): string
    {
        $params = ['u' => 'admin', 'provider_id' => '1', 'did' => $did, 'hash' => sha1("1{$did}secret")];
        return (string) $this->mor->post('/billing/api/did_create', ['form_params' => $params])->getBody();
    }

    public function testCreatesANumber(): void
    {
        $this->assertStringContainsString('<success>DID created</success>', $this->createNumber('37060000099'));
        $list = json_decode((string) $this->mor->get('/__admin/dids?created=true')->getBody(), true);
        $this->assertSame(['37060000099'], array_column($list['dids'], 'did'));
    }

    public function testRefusesANumberThatExists(): void
    {
        $this->assertStringContainsString('<error>DID already exists</error>', $this->createNumber('37060000001'));
    }

    public function testReportsALostReply(): void
    {
        // Always, because libcurl sends a request again after a reset of a reused connection.
        $this->mor->post('/__admin/faults', ['json' => ['connection' => 'reset', 'phase' => 'after', 'times' => 'always']]);
        $this->expectException(TransferException::class);
        $this->createNumber('37060000099');
    }
}
