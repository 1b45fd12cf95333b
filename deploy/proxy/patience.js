// How long the body of a request may take: a grace, and then a least rate. nginx itself only bounds the time between two
// pieces, so that a byte a second would come for ever. Who is late gets 408; no house ever hears of it.
async function hold(r) {
    const said = r.headersIn['Content-Length'];
    const most = Number(r.variables.patience_most);
    const length = r.headersIn['Transfer-Encoding'] ? most : Number(said || 0); // one that does not say its length may be long
    if (!(length > 0) || length > most) {
        return;
    }
    let timer;
    const late = new Promise((resolve) => {
        const seconds = Number(r.variables.patience_grace) + length / Number(r.variables.patience_rate);
        timer = setTimeout(() => resolve(true), seconds * 1000);
    });
    if (await Promise.race([r.readRequestArrayBuffer().then(() => false), late])) {
        // With a text, because nginx hangs up on a bare 408; and the line closes, because the rest would still come.
        r.headersOut['Content-Type'] = 'application/problem+json';
        r.headersOut['Content-Language'] = r.variables.language;
        r.headersOut['Cache-Control'] = 'no-store';
        r.headersOut['Retry-After'] = '2';
        r.return(408, r.variables.problem_408);
        return;
    }
    clearTimeout(timer);
}

// A worker whose master was killed would keep its ports and serve on, unseen: nginx asks for no leash of the kernel, and
// the one that the master has (deploy/local/leash.py) is not handed on to its children.
function leash() {
    const known = ngx.shared.leash;
    known.add('master', process.ppid);
    if (known.get('master') !== process.ppid) {
        process.kill(process.pid, 'SIGKILL');
    }
}

export default { hold, leash };
